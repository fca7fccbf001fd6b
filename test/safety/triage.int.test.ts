import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { dangerIdSchema } from '#src/safety/danger-book.ts';
import { createTriage } from '#src/safety/triage.ts';
import { book, dangerExamples, type ExampleSet, nearMisses, ordinaryQuestions } from './danger-examples.ts';

const triage = createTriage(book);
const found = (text: string) => triage.find(text)?.id;
const missed = (set: ExampleSet) => dangerExamples(set).filter(({ text }) => found(text) === undefined);
const falseAlarms = (set: ExampleSet) => nearMisses(set).filter(({ text }) => found(text) !== undefined);

describe('on the written examples', () => {
  it('has at least twelve of each danger in Spanish and two in each other language', () => {
    for (const id of dangerIdSchema.options) {
      const of = (lang: string) => dangerExamples('').filter((one) => one.danger === id && one.lang === lang);
      expect(of('es').length, id).toBeGreaterThanOrEqual(12);
      for (const lang of ['en', 'pt', 'fr', 'ht']) expect(of(lang).length, id).toBeGreaterThanOrEqual(2);
    }
    expect(nearMisses('').length).toBeGreaterThanOrEqual(60);
  });

  it('finds every danger, nearly always the one to answer first', () => {
    expect(missed('').map(({ text }) => text)).toEqual([]);
    const others = dangerExamples('').filter(({ text, danger }) => found(text) !== danger);
    expect(others.map(({ id }) => id)).toEqual(['sexual-violence-es-3']);
  });

  it('is silent on what only looks like danger', () => {
    const sets: readonly ExampleSet[] = ['', 'check-', 'later-', 'last-'];
    expect(sets.flatMap(falseAlarms).map(({ text }) => text)).toEqual([]);
  });

  it('finds most of what it was not tuned on', () => {
    expect(missed('check-').length / dangerExamples('check-').length).toBeLessThanOrEqual(0.06);
    expect(missed('later-').length / dangerExamples('later-').length).toBeLessThanOrEqual(0.05);
    expect(missed('last-').length / dangerExamples('last-').length).toBeLessThanOrEqual(0.05);
    expect(missed('street-').length / dangerExamples('street-').length).toBeLessThanOrEqual(0.03);
    expect(falseAlarms('street-').map(({ id }) => id)).toEqual(['street-near-es-34']);
  });

  it('takes few ordinary questions for a cry for help', () => {
    expect(ordinaryQuestions().filter((text) => found(text) !== undefined).length).toBeLessThanOrEqual(12);
  });
});

describe('what is said around a sign', () => {
  test.each([
    ['mi marido me pega', 'no, mi marido no me pega'],
    ['me quieren matar', 'nadie me quiere matar'],
    ['me detuvieron', 'qué hago si me detienen'],
    ['me golpearon', 'hace dos años me golpearon'],
    ['me secuestraron', 'en 2019 me secuestraron'],
    ['me matan', 'me matan de risa'],
    ['they want to kill me', 'they do not want to kill me'],
    ['he is beating me', 'what happens if he is beating me'],
    ['meu marido me bate', 'meu marido não me bate'],
    ['yo vle touye m', 'yo pa vle touye m'],
  ])('%s counts, %s does not', (present, other) => {
    expect(found(present)).toBeDefined();
    expect(found(other)).toBeUndefined();
  });

  it('lets hours count as now, and a child lost long ago as lost', () => {
    expect(found('hace una hora me golpearon')).toBe('violence');
    expect(found('mi hijo desapareció hace dos meses')).toBe('missing-child');
    expect(found('desde hace un mes me tienen encerrada')).toBe('violence');
  });

  it('takes a danger of others only with haste or beside another', () => {
    expect(found('a mi hermano lo tienen detenido')).toBeUndefined();
    expect(found('ayuda, a mi hermano lo tienen detenido')).toBe('detention');
    expect(found('a mi hermano lo tienen detenido y a mí me están pegando')).toBeDefined();
  });
});

describe('of several dangers', () => {
  test.each([
    ['me violaron y no puedo respirar', 'medical-emergency'],
    ['los policías me están golpeando', 'abuse-by-authority'],
    ['si me regresan a Honduras me matan', 'fear-of-return'],
    ['me van a deportar hoy y tengo miedo de volver a mi país', 'fear-of-return'],
  ] as const)('%s is answered as %s', (text, id) => {
    expect(found(text)).toBe(id);
  });
});

describe('messy writing', () => {
  test.each([
    'ME KIEREN MATARRRR',
    'me qieren matar 😭😭',
    'me... quieren matar',
    'me quieren\nmatar',
    'mé quiéren màtar',
    'me van a matar xfa',
  ])('%s is read', (text) => {
    expect(found(text)).toBe('threat-to-life');
  });

  it('does not join what a comma or full stop sets apart', () => {
    expect(found('ese señor me quiere. Matar no es lo suyo')).toBeUndefined();
  });
});

describe('the language', () => {
  it('is the one that tells it, or the one asked for where both do', () => {
    expect(triage.find('they want to kill me', 'es')?.language).toBe('en');
    expect(triage.find('yo vle touye m')?.language).toBe('ht');
    expect(triage.find('me quieren matar, they want to kill me', 'en')?.language).toBe('en');
  });
});

describe('isUrgent', () => {
  const words = dangerExamples('').flatMap(({ text }) => text.split(' '));

  it('is true of a text exactly when a danger is found in it', () => {
    const texts = fc.oneof(
      fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((some) => some.join(' ')),
      fc.constantFrom(...dangerExamples('').map(({ text }) => text)),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    );
    fc.assert(fc.property(texts, (text) => triage.isUrgent(text) === (triage.find(text) !== undefined)));
  });

  it('holds of a message whichever messages of courtesy came before it', () => {
    for (const { text } of dangerExamples('').slice(0, 40)) {
      expect(triage.isUrgent(`hola buenas tardes\n${text}`), text).toBe(true);
    }
  });

  it('reads a long hostile text in time by its length', () => {
    expect(triage.isUrgent('me me me no si '.repeat(20_000))).toBe(false);
    expect(triage.isUrgent('́'.repeat(50_000))).toBe(false);
  });
});
