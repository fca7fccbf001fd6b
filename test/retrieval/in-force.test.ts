import { describe, expect, it } from 'vitest';
import { isInForce } from '#src/retrieval/in-force.ts';

describe('being in force', () => {
  it.each([
    [{ status: 'vigente' }, '2026-01-01', true],
    [{ status: 'reformado' }, '2026-01-01', true],
    [{ status: 'por-confirmar' }, '2026-01-01', true],
    [{ status: 'derogado' }, '2026-01-01', false],
    [{ status: 'anulado' }, '2026-01-01', false],
    [{ status: 'vigente', since: '2025-10-08' }, '2025-10-07', false],
    [{ status: 'vigente', since: '2025-10-08' }, '2025-10-08', true],
    [{ status: 'derogado', until: '2025-10-08' }, '2025-10-07', true],
    [{ status: 'derogado', until: '2025-10-08' }, '2025-10-08', false],
    [{ status: 'vigente', since: '2025' }, '2025-03-01', true],
    [{ status: 'derogado', until: '2025-10' }, '2025-09-30', true],
  ] as const)('of %j on %s is %s', (validity, day, expected) => {
    expect(isInForce(validity, day)).toBe(expected);
  });
});
