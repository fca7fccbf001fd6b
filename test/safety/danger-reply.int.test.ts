import { describe, expect, it, test } from 'vitest';
import { languageSchema } from '#src/knowledge/unit.ts';
import { type DangerId, dangerIdSchema } from '#src/safety/danger-book.ts';
import { createReplyToDanger } from '#src/safety/danger-reply.ts';
import { book, knowledge } from './danger-examples.ts';

const reply = createReplyToDanger(book, knowledge);
const LANGUAGES = languageSchema.options;
const everything = { outsideGuatemala: true, alsoAsked: true };
const nothing = { outsideGuatemala: false, alsoAsked: false };
const LONGEST = 700;
const all = dangerIdSchema.options.flatMap((id) => LANGUAGES.map((language) => [id, language] as const));

describe.each(all)('%s in %s', (id, language) => {
  const { paragraphs, cites } = reply(id, language, everything);
  const text = paragraphs.join('\n\n');

  it(`has at most ${LONGEST} characters with all that may follow it`, () => {
    expect(text.length).toBeLessThanOrEqual(LONGEST);
  });

  it('has every number filled in', () => {
    expect(text).not.toMatch(/[{}]/);
    expect(text).toMatch(/\+502 \d{4}-\d{4}/);
  });

  it('has short sentences', () => {
    const long = paragraphs
      .flatMap((part) => part.split(/(?<=[.?!])\s/))
      .filter((one) => one.split(/\s+/).length > 25);
    expect(long).toEqual([]);
  });

  it('shows only articles that it cites', () => {
    const shown = [
      ...text.matchAll(/(?:art[íi]culos?|articles?|artigos?|atik) ((?:\d+)(?: (?:y|and|e|et|ak) \d+)*)/gi),
    ]
      .flatMap(([, numbers = '']) => numbers.match(/\d+/g) ?? [])
      .filter((number) => !cites.some((unit) => unit.article === number && unit.numberConfirmed));
    // The law against trafficking is cited whole: its unit states what its article 2 says.
    expect(shown).toEqual(id === 'trafficking' ? ['2'] : []);
  });
});

describe('the first line', () => {
  const first = (id: DangerId) => reply(id, 'es', nothing).paragraphs[0] ?? '';

  test.each(dangerIdSchema.options.filter((id) => id !== 'fear-of-return'))(
    'of %s holds the number',
    (id) => {
      for (const language of LANGUAGES)
        expect(reply(id, language, nothing).paragraphs[0]).toMatch(/\b\d{3,4}\b/);
    },
  );

  it('of fear of return is what to say to the officer, in every language in Spanish', () => {
    for (const language of LANGUAGES) {
      const [line] = reply('fear-of-return', language, nothing).paragraphs;
      expect(line).toContain('«Tengo miedo de volver. Quiero pedir refugio.»');
    }
  });

  it('names whom to call by who does the harm', () => {
    expect(first('abuse-by-authority')).toContain('1555');
    expect(first('detention')).toContain('1555');
    expect(first('violence')).toContain('110');
    expect(first('missing-child')).toContain('1546');
    expect(first('medical-emergency')).toContain('122');
  });
});

it('never sends whom an authority harms to the police', () => {
  const police = ['110', '120'];
  for (const language of LANGUAGES) {
    const { paragraphs } = reply('abuse-by-authority', language, everything);
    for (const number of police) expect(paragraphs.join(' ')).not.toMatch(new RegExp(`\\b${number}\\b`));
  }
});

it('says how to ring from elsewhere only to a phone from elsewhere, and to ask apart only who asks', () => {
  for (const id of dangerIdSchema.options) {
    const plain = reply(id, 'es', nothing).paragraphs;
    expect(plain.join(' ')).not.toMatch(/\+502|escríbala aparte/);
    expect(reply(id, 'es', { ...nothing, alsoAsked: true }).paragraphs).toEqual([
      ...plain,
      'Si también tiene una pregunta, escríbala aparte.',
    ]);
  }
});

it('takes its numbers from the directory', () => {
  const moved = {
    ...knowledge,
    lines: knowledge.lines.map((line) => (line.number === '1555' ? { ...line, number: '9999' } : line)),
  };
  expect(createReplyToDanger(book, moved)('abuse-by-authority', 'es', nothing).paragraphs[0]).toContain(
    '9999',
  );
});
