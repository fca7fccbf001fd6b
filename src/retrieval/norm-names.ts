import { fold } from '../knowledge/fold.ts';
import type { Norm } from '../knowledge/unit.ts';
import { mapSpans } from './spans.ts';
import { isStopWord, stem, words } from './terms.ts';

/** A number such as 44-2016 with the words that stand before it, "decreto" or "acuerdo amn". */
export interface NormCode {
  readonly number: number;
  /** Four digits; absent for a decree that bears a number alone, "Decreto 1441". */
  readonly year: number | undefined;
  readonly kind: ReadonlySet<string>;
}

/** Everything a norm can be called by, taken from its own record. */
export interface NormNames {
  readonly id: string;
  readonly inForce: boolean;
  /** Names as stems without stop words. */
  readonly names: readonly (readonly string[])[];
  readonly codes: readonly NormCode[];
}

/** A code as found in a text, with where it stands in the folded text. */
export interface FoundCode extends NormCode {
  readonly start: number;
  readonly end: number;
}

const kindWords = new Set(['decreto', 'acuerdo', 'gubernativo', 'ministerial', 'amn', 'igm', 'renap', 'pnc']);
const kindWord = '(?:decretos?|ley|acuerdos?|gubernativos?|amn|igm|renap|pnc|resolucion|numero|num|no|nro|n)';
/** So many characters before a number are read for words such as "acuerdo de dirección general igm". */
const longestKind = 80;
// What looks back is asked only in front of a digit, and looks back a few characters: else blanks alone would cost
// time by the square of their number.
/** "44-2016", "95/98". */
const dashed = /(?<!\d-?)(\d{1,4})\s?[-–/]\s?((?:19|20)\d{2}|\d{2})(?![\d-])/g;
/** "decreto 44 del 2016", "acuerdo 4 2019". */
const spelled = new RegExp(
  `(?=\\d)(?<=${kindWord}[.\\s-]{1,5})(\\d{1,4})\\s{1,5}(?:del?\\s+)?(?:ano\\s+)?((?:19|20)\\d{2})(?![\\d-])`,
  'g',
);
/** "decreto 1441". */
const alone =
  /(?=\d)(?<=decreto(?:[\s-]{1,5}ley)?\s{1,5}(?:(?:numero|num|no|nro)\.?\s{1,5})?)(\d{3,4})(?!\s?[-–/]?\s?\d)/g;

/** The numbers of norms a folded text names. Two digits for the year count only after a word such as "decreto". */
export function findCodes(folded: string): readonly FoundCode[] {
  const found: FoundCode[] = [];
  const taken = mapSpans(folded.length);
  for (const pattern of [dashed, spelled, alone]) {
    for (const match of folded.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (!taken.isFree({ start, end })) continue;
      const before = precedingKind(folded.slice(Math.max(0, start - longestKind), start));
      const year = match[2] === undefined ? undefined : fullYear(match[2]);
      if (match[2]?.length === 2 && before.kind.size === 0) continue;
      const code = { number: Number(match[1]), year, kind: before.kind, start: start - before.length, end };
      taken.take(code);
      found.push(code);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function fullYear(digits: string): number {
  if (digits.length === 4) return Number(digits);
  return Number(digits) + (Number(digits) > 40 ? 1900 : 2000);
}

function precedingKind(text: string): { readonly kind: ReadonlySet<string>; readonly length: number } {
  const run = new RegExp(`(?:\\b${kindWord}\\b(?:\\s+de\\s+direccion\\s+general)?[.\\s-]*)+$`).exec(text);
  const before = run === null ? [] : words(run[0]).map((word) => word.replace(/s$/, ''));
  return { kind: new Set(before.filter((word) => kindWords.has(word))), length: run?.[0].length ?? 0 };
}

/** Reads the names of every norm once, so that many texts can be searched for them. */
export function collectNormNames(norms: Iterable<Norm>): readonly NormNames[] {
  return [...norms].map((norm) => ({
    id: norm.id,
    inForce: norm.validity.status !== 'derogado' && norm.validity.status !== 'anulado',
    names: namesOf(norm),
    codes: findCodes(fold(primaryNumber(norm.number))),
  }));
}

/** What stands in brackets is where the norm's earlier numbers are told. */
function primaryNumber(number: string): string {
  return number.replace(/\([^)]*\)/g, ' ');
}

function namesOf(norm: Norm): readonly (readonly string[])[] {
  const titles = [norm.title, ...(norm.shortTitle === undefined ? [] : [norm.shortTitle])];
  const names = new Map<string, readonly string[]>();
  const add = (text: string) => {
    const name = nameStems(text);
    // One everyday word is no name, save where the norm's own title begins with it: "la Constitución".
    const opensTitle = name.length === 1 && nameStems(norm.title)[0] === name[0];
    if (name.length > 1 || opensTitle) names.set(name.join(' '), name);
  };
  for (const title of titles) {
    add(title.replace(/\([^)]*\)/g, ' '));
    for (const [, inside = ''] of title.matchAll(/\(([^)]*)\)/g)) {
      if (/^\d{4}$/.test(inside)) add(title);
      else if (/[A-ZÁÉÍÓÚ]{3}|^[A-Z]+-\d/.test(inside)) add(inside);
      const sigla = /^[A-ZÁÉÍÓÚ]{3,}$/.exec(inside)?.[0];
      if (sigla !== undefined) names.set(fold(sigla), [stem(fold(sigla))]);
    }
  }
  for (const id of [norm.id, ...norm.aliases]) add(id.replaceAll('-', ' '));
  return [...names.values()];
}

/** A name as it is compared: stems without stop words. */
export function nameStems(text: string): readonly string[] {
  return words(text)
    .filter((word) => !isStopWord(word))
    .map(stem);
}

/** True when a code in a text can mean a norm's code: same number and year, and no word that speaks against it. */
export function sameCode(asked: NormCode, known: NormCode): boolean {
  if (asked.number !== known.number || asked.year !== known.year) return false;
  // A decree is no agreement; "acuerdo" said of an agreement of any issuer is enough.
  return known.kind.size === 0 || [...asked.kind].every((word) => known.kind.has(word));
}
