import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Language, Unit } from '../knowledge/unit.ts';
import type { AroundFile, DangerBook, DangerId } from './danger-book.ts';
import { lineNumber, numberFromAbroad, townsOf } from './emergency-numbers.ts';

/** What is known of who wrote. */
export interface DangerCircumstances {
  /** True when their telephone is of another country; false, too, when nobody knows. */
  readonly outsideGuatemala: boolean;
  /** Their message asks something that the fixed text does not answer. */
  readonly alsoAsked: boolean;
}

/** A fixed, vetted answer to a danger, as plain data. */
export interface DangerReply {
  /** In the order in which they are read: first what to do now. */
  readonly paragraphs: readonly string[];
  /** The units that it rests on. */
  readonly cites: readonly Unit[];
}

/** The answer to a danger: written ahead, never made up, at most 700 characters. */
export type ReplyToDanger = (
  id: DangerId,
  language: Language,
  circumstances: DangerCircumstances,
) => DangerReply;

/**
 * Fills the numbers of the directory into the texts of the book, once.
 * @param book as `loadDangerBook` has checked it against the same knowledge
 */
export function createReplyToDanger(book: DangerBook, knowledge: Knowledge): ReplyToDanger {
  const { dangers, around } = book;
  const values = valuesOf(around, knowledge);
  return (id, language, { outsideGuatemala, alsoAsked }) => {
    const danger = dangers.get(id);
    const said = danger?.reply[language].map((text) => fill(text, values)) ?? [];
    const elsewhere = outsideGuatemala
      ? elsewhereWords(around, danger?.abroad, language, knowledge)
      : undefined;
    return {
      paragraphs: [
        ...said,
        ...(elsewhere === undefined ? [] : [elsewhere]),
        ...(alsoAsked ? [around.alsoAsked[language]] : []),
      ],
      cites:
        danger?.cites.map((unit) => knowledge.units.get(unit)).filter((unit) => unit !== undefined) ?? [],
    };
  };
}

function valuesOf({ numbers, towns }: AroundFile, knowledge: Knowledge): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(numbers).map(([name, number]) => [name, lineNumber(knowledge, number) ?? ''] as const),
    ...Object.entries(towns).map(([name, units]) => [name, townsOf(knowledge, units).join(', ')] as const),
  ]);
}

/** The line for a phone of another country: short numbers cannot be rung from it. */
function elsewhereWords(
  { abroad, elsewhere }: AroundFile,
  whom: string | undefined,
  language: Language,
  knowledge: Knowledge,
): string | undefined {
  const entry = whom === undefined ? undefined : abroad[whom];
  const numero = entry === undefined ? undefined : numberFromAbroad(knowledge, entry.institution);
  if (entry === undefined || numero === undefined) return undefined;
  return fill(
    elsewhere[language],
    new Map([
      ['numero', numero],
      ['nombre', entry.name[language]],
    ]),
  );
}

function fill(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values.get(name) ?? whole);
}
