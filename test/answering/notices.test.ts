import { describe, expect, it } from 'vitest';
import { validityWarning } from '#src/answering/notices.ts';
import type { Validity } from '#src/knowledge/unit.ts';
import { buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';

const first: Validity = { status: 'derogado', since: '2019-04', until: '2022-12-12', replacedBy: ['second'] };
const knowledge = buildKnowledge(
  [
    buildNorm({ id: 'first', validity: first }),
    buildNorm({
      id: 'second',
      title: 'Segunda',
      number: 'Acuerdo 2',
      validity: { status: 'derogado', since: '2022-12-12', until: '2025-10-08', replacedBy: ['third'] },
    }),
    buildNorm({
      id: 'third',
      title: 'Tercera',
      number: 'Acuerdo 3',
      validity: { status: 'vigente', since: '2025-10-08' },
    }),
    buildNorm({ id: 'unsure', title: 'Dudosa', number: 'Acuerdo 4', validity: { status: 'por-confirmar' } }),
    buildNorm({ id: 'circle', title: 'Vuelta', validity: { status: 'derogado', replacedBy: ['circle'] } }),
    buildNorm({ id: 'late', title: 'Tardía', number: 'Acuerdo 5', date: '2016-10-18' }),
  ],
  [],
);

function warning(validity: Validity, asOf = '2026-11-22'): string {
  const [block] = validityWarning(buildUnit({ id: 'first/1', validity }), knowledge, {
    asOf,
    today: '2026-11-22',
  });
  return block?.kind === 'notice' ? block.text : '';
}

describe('the warning on a norm that does not apply', () => {
  it('follows what replaced it to the one in force', () => {
    expect(warning(first)).toBe(
      'Atención: ya no está vigente desde el 12 de diciembre de 2022. Hoy rige: Tercera (Acuerdo 3).',
    );
  });

  it('tells what was in force on the day asked about, and what is today', () => {
    expect(warning(first, '2024-01-01')).toContain(
      'Ese día regía: Segunda (Acuerdo 2). Hoy rige: Tercera (Acuerdo 3).',
    );
  });

  it('says that it was in force on a day on which it was', () => {
    expect(warning(first, '2020-01-01')).toBe(
      'Atención: ese día estaba vigente; dejó de estarlo el 12 de diciembre de 2022. Hoy rige: Tercera (Acuerdo 3).',
    );
  });

  it('says of a norm in force today that it did not exist yet', () => {
    expect(warning({ status: 'vigente', since: '2025-10-08' }, '2020-01-01')).toMatch(
      /^Atención: ese día todavía no existía/,
    );
    expect(warning({ status: 'vigente', since: '2025-10-08' })).toBe('');
  });

  it('never says of one whose validity is unconfirmed that it is in force', () => {
    const text = warning({ status: 'derogado', replacedBy: ['unsure'] });
    expect(text).toContain('Lo reemplazó: Dudosa (Acuerdo 4).');
    expect(text).not.toContain('rige');
  });

  it('ends where norms replace each other in a circle', () => {
    expect(warning({ status: 'derogado', replacedBy: ['circle'] })).toContain('Lo reemplazó: Vuelta');
  });

  it('does not take one issued later for in force that day', () => {
    const text = warning({ status: 'derogado', replacedBy: ['late'] }, '2010-01-01');
    expect(text).not.toContain('Ese día regía');
    expect(text).toContain('Hoy rige: Tardía (Acuerdo 5).');
  });

  it('says what may still apply, and leaves out a note that repeats it', () => {
    const text = warning({
      ...first,
      partlyInForce: 'Los delitos del capítulo 3.',
      note: 'Derogado desde el 12 de diciembre de 2022; hoy rige la Tercera.',
    });
    expect(text).toContain('Todavía puede aplicarse: Los delitos del capítulo 3.');
    expect(text).not.toContain('Derogado desde');
  });
});
