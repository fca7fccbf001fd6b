import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOffMs } from '#src/channels/whatsapp/web/back-off.ts';
import { quietNight } from '#src/channels/whatsapp/web/session/quiet-hour.ts';

describe('backOffMs', () => {
  it('doubles up to the longest, and waits at least half of it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (failures, chance) => {
          const ms = backOffMs({ firstMs: 1_000, longestMs: 300_000 }, failures, chance);
          const whole = Math.min(1_000 * 2 ** Math.min(failures - 1, 30), 300_000);
          expect(ms).toBeGreaterThanOrEqual(whole / 2);
          expect(ms).toBeLessThanOrEqual(whole);
        },
      ),
    );
  });
});

describe('quietNight', () => {
  it.each([
    ['2026-03-02T09:29:59Z', undefined],
    ['2026-03-02T09:30:00Z', '2026-03-02'],
    ['2026-03-02T10:59:59Z', '2026-03-02'],
    ['2026-03-02T11:00:00Z', undefined],
    ['2026-03-02T03:45:00Z', undefined],
  ])('at %s is %s', (at, night) => {
    expect(quietNight(new Date(at))).toBe(night);
  });
});
