import type { Defect } from '../knowledge/defect.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import {
  type AroundFile,
  type DangerEntry,
  dangerIdSchema,
  LANGUAGES,
  type ReadingFile,
  type ReadingRules,
} from './danger-book.ts';
import { lineNumber, numberFromAbroad, townsOf } from './emergency-numbers.ts';
import { createSpell, type Spell } from './messy-writing.ts';
import type { Placed } from './placed.ts';
import { PatternFault, type PatternWords, parsePattern } from './sign-pattern.ts';
import { readWordLists } from './word-lists.ts';

/** The files of the danger book as they are written. */
export interface PlacedBook {
  readonly reading: Placed<ReadingFile>;
  readonly around: Placed<AroundFile>;
  readonly dangers: readonly Placed<DangerEntry>[];
}

const PLACEHOLDER = /\{(\w+)\}/g;
const READING_PATTERNS = ['supposing', 'longAgo', 'ongoing', 'haste', 'sayings'] as const;
const SIGN_PATTERNS = ['now', 'happened', 'urgent', 'unless'] as const;

/** All that is wrong with the danger book beyond its shape. */
export function checkDangerBook(book: PlacedBook, knowledge: Knowledge): readonly Defect[] {
  return [
    ...completeness(book),
    ...readingDefects(book.reading),
    ...book.dangers.flatMap((danger) => signDefects(danger, book.reading.content)),
    ...numberDefects(book.around, knowledge),
    ...book.dangers.flatMap((danger) => replyDefects(danger, book.around.content, knowledge)),
  ];
}

function defect(placed: Placed<unknown>, path: readonly PropertyKey[], message: string): Defect {
  return { file: placed.file, line: placed.lineOf(path), message };
}

function completeness({ reading, dangers }: PlacedBook): readonly Defect[] {
  const { precedence } = reading.content;
  return dangerIdSchema.options.flatMap((id) => {
    const written = dangers.filter(({ content }) => content.id === id);
    const again = written[1];
    return [
      ...(written.length === 0
        ? [defect(reading, ['precedence'], `falta el archivo del peligro «${id}»`)]
        : []),
      ...(again === undefined ? [] : [defect(again, ['id'], `el peligro «${id}» está dos veces; borre uno`)]),
      ...(precedence.filter((one) => one === id).length === 1
        ? []
        : [defect(reading, ['precedence'], `«${id}» debe estar una vez en precedence`)]),
    ];
  });
}

function readingDefects(reading: Placed<ReadingFile>): readonly Defect[] {
  const spell = createSpell(reading.content.shorthand);
  return LANGUAGES.flatMap((language) => {
    const rules = reading.content.languages[language];
    const lists = listsOf(rules, spell);
    if (typeof lists === 'string') return [defect(reading, ['languages', language, 'lists'], lists)];
    return READING_PATTERNS.flatMap((kind) =>
      patternDefects(reading, ['languages', language, kind], rules[kind], lists),
    );
  });
}

function signDefects(danger: Placed<DangerEntry>, reading: ReadingFile): readonly Defect[] {
  const spell = createSpell(reading.shorthand);
  return LANGUAGES.flatMap((language) => {
    const lists = listsOf(reading.languages[language], spell);
    // Told once, where the lists are.
    if (typeof lists === 'string') return [];
    const signs = danger.content.signs[language];
    return SIGN_PATTERNS.flatMap((kind) =>
      patternDefects(danger, ['signs', language, kind], signs[kind], lists),
    );
  });
}

/** The lists, or what is wrong with them. */
function listsOf(rules: ReadingRules, spell: Spell): PatternWords | string {
  try {
    return readWordLists(rules, spell);
  } catch (error) {
    if (error instanceof PatternFault) return error.message;
    throw error;
  }
}

function patternDefects(
  placed: Placed<unknown>,
  path: readonly PropertyKey[],
  patterns: readonly string[],
  lists: PatternWords,
): readonly Defect[] {
  return patterns.flatMap((text, index) => {
    try {
      parsePattern(text, lists);
      return [];
    } catch (error) {
      if (!(error instanceof PatternFault)) throw error;
      return [defect(placed, [...path, index], `«${text}»: ${error.message}`)];
    }
  });
}

function numberDefects(around: Placed<AroundFile>, knowledge: Knowledge): readonly Defect[] {
  const { numbers, towns, abroad } = around.content;
  return [
    ...Object.entries(numbers)
      .filter(([, number]) => lineNumber(knowledge, number) === undefined)
      .map(([name]) => defect(around, ['numbers', name], `el directorio no tiene la línea «${name}»`)),
    ...Object.entries(towns)
      .filter(([, institutions]) => townsOf(knowledge, institutions).length === 0)
      .map(([name]) => defect(around, ['towns', name], `el directorio no tiene lugares de «${name}»`)),
    ...Object.entries(abroad)
      .filter(([, { institution }]) => numberFromAbroad(knowledge, institution) === undefined)
      .map(([name]) => defect(around, ['abroad', name], `«${name}» no tiene un número de ocho cifras`)),
  ];
}

function replyDefects(
  danger: Placed<DangerEntry>,
  { numbers, towns, abroad }: AroundFile,
  knowledge: Knowledge,
): readonly Defect[] {
  const { reply, cites, abroad: whom } = danger.content;
  const isKnown = (name: string) => name in numbers || name in towns;
  return [
    ...LANGUAGES.flatMap((language) =>
      reply[language].flatMap((text, index) =>
        [...text.matchAll(PLACEHOLDER)]
          .filter(([, name = '']) => !isKnown(name))
          .map(([placeholder]) =>
            defect(danger, ['reply', language, index], `no hay un número ${placeholder}`),
          ),
      ),
    ),
    ...cites.flatMap((id, index) =>
      knowledge.units.has(id) ? [] : [defect(danger, ['cites', index], `no existe la ficha «${id}»`)],
    ),
    ...(whom in abroad ? [] : [defect(danger, ['abroad'], `no hay «${whom}» en abroad de around.yaml`)]),
  ];
}
