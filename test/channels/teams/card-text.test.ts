import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardLine, cardLink, cardText } from '#src/channels/teams/card-text.ts';

/** A sign behind a backslash, or a link; read from the left, as Markdown does. */
const TOKEN = /\\([!-/:-@[-`{-~])|\[((?:\\.|[^[\]\\])*)\]\(([^\s()<>\\]*)\)/g;

/** What Markdown shows of a line in which every sign that could mean something stands behind a backslash or in a link. */
function shown(escaped: string): string {
  return escaped.replace(TOKEN, (_token, sign?: string, words?: string) => sign ?? shown(words ?? ''));
}

/** Where the links of a line lead, beside the words that they show. */
function links(escaped: string): readonly (readonly [string, string])[] {
  return [...escaped.matchAll(TOKEN)].flatMap(([, , words, address]) =>
    words === undefined || address === undefined ? [] : [[shown(words), address] as const],
  );
}

/** The first sign of a line of Markdown that could mean something beside its links, or undefined. */
function meaning(line: string): string | undefined {
  const text = line.replace(TOKEN, '§');
  const inline = /[\\`*[\]~<]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?:#|[a-z])|\{\{/iu.exec(text);
  const start = /^(?:[#>+=|-]|\d{1,9}[.)](?:\s|$))/.exec(text);
  return (inline ?? start)?.[0];
}

const signs = fc.constantFrom(
  ...[
    '*',
    '_',
    '[',
    ']',
    '(',
    ')',
    '`',
    '~',
    '#',
    '>',
    '<',
    '&',
    '\\',
    '{',
    '|',
    '-',
    '+',
    '=',
    '1.',
    '2)',
    '!',
  ],
  ...[
    '{{DATE(2026-03-02T00:00:00Z, SHORT)}}',
    '[x](javascript:alert(1))',
    '**x**',
    '__x__',
    '&amp;',
    '&#42;',
  ],
  ...['a', 'ñ', ' ', '\n', 'http://x.example/a_b*c', 'visa_info@igm.example', '<b>', '<at>x</at>', '![i](u)'],
);
const hostile = fc.array(signs, { maxLength: 12 }).map((parts) => parts.join(''));

describe('text in a card', () => {
  it.each([
    ['*Nota* y **otra**', '\\*Nota\\* y \\*\\*otra\\*\\*'],
    ['artículo [46](http)', 'artículo \\[46\\](http)'],
    ['_así_ y a_b', '\\_así\\_ y a_b'],
    ['5 < 6 & R&D', '5 \\< 6 & R\\&D'],
    ['1. no es lista', '1\\. no es lista'],
    ['46.5 quetzales', '46.5 quetzales'],
    ['vea https://igm.example/a_b.', 'vea [https://igm.example/a_b](https://igm.example/a_b).'],
    [
      'http://a.example[x](http://b.example)',
      '[http://a.example](http://a.example)\\[x\\]([http://b.example](http://b.example))',
    ],
    ['{{DATE(2026-03-02T00:00:00Z)}}', '{\\{DATE(2026-03-02T00:00:00Z)}}'],
    ['uno\n\n\ndos\ntres', 'uno\n\ndos\n\ntres'],
  ])('reads exactly as written: %s', (written, markdown) => {
    expect(cardText(written)).toBe(markdown);
  });

  it('means nothing to Markdown and shows the same words, whatever is written', () => {
    fc.assert(
      fc.property(hostile, (written) => {
        const lines = cardText(written).split('\n\n').filter(Boolean);
        expect(lines.map(meaning)).toEqual(lines.map(() => undefined));
        const wanted = written.split('\n').map((line) => line.trim());
        expect(lines.map(shown)).toEqual(wanted.filter(Boolean));
        for (const [words, address] of lines.flatMap(links)) {
          expect(decodeURIComponent(address)).toBe(decodeURIComponent(words));
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('stays one line where it has to', () => {
    expect(cardLine('uno\n 2. dos')).toBe('uno 2. dos');
  });

  it('names a link that its words and address cannot end early', () => {
    fc.assert(
      fc.property(hostile, (words) => {
        const link = cardLink(words, `https://orienta.example/${words}`);
        expect(link).toMatch(/^\[(?:\\.|[^[\]\\])*\]\([^\s()<>\\]*\)$/);
      }),
      { numRuns: 1_000 },
    );
  });
});
