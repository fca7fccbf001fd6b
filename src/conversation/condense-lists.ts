import type { Block, ListBlock } from '../answering/answer.ts';
import type { Language } from '../knowledge/unit.ts';

/** The words of "1 to 5 of 9". */
const TO_OF: Readonly<Record<Language, readonly [to: string, of: string]>> = {
  es: ['a', 'de'],
  en: ['to', 'of'],
  pt: ['a', 'de'],
  fr: ['à', 'sur'],
  ht: ['rive', 'sou'],
};
/** "(1 a 5 de 9)" or "(9 de 9)" at the end of the title of a part of a list. */
const RANGE = / ?\((\d+)(?: \p{L}+ \d+)? \p{L}+ (\d+)\)(?=:?$)/u;

/** Which items of a list there are. */
interface Range {
  readonly first: number;
  readonly total: number;
  /** The list's title without them. */
  readonly title: string;
}

/**
 * Cuts a list after its first items. Both parts tell how many there are, "Necesita (1 a 5 de 9):", and in an ordered one
 * the numbers go on. Undefined where a part would be empty.
 */
export function cutList(
  list: ListBlock,
  count: number,
  language: Language,
): readonly [ListBlock, ListBlock] | undefined {
  if (count < 1 || count >= list.items.length) return undefined;
  const range = rangeOf(list);
  const rest = { ...range, first: range.first + count };
  return [
    partOf(list, range, list.items.slice(0, count), language),
    partOf(list, rest, list.items.slice(count), language),
  ];
}

/** A list with the part of it that is held back for later: two lists, or the block alone where nothing is. */
export function withLater(blocks: readonly Block[], language: Language): readonly Block[] {
  const all: Block[] = [];
  for (const block of blocks) {
    const before = all.at(-1);
    if (block.kind !== 'paragraph' || block.later === undefined || before?.kind !== 'list') {
      all.push(block);
      continue;
    }
    const items = [...before.items, ...block.later.items];
    all.splice(-1, 1, ...(cutList({ ...before, items }, before.items.length, language) ?? [before]));
  }
  return all;
}

/** Joins parts of one list that follow each other; a list that has all its parts again tells no numbers. */
export function joinLists(blocks: readonly Block[], language: Language): readonly Block[] {
  const all: Block[] = [];
  for (const block of blocks) {
    const before = all.at(-1);
    if (before?.kind !== 'list' || block.kind !== 'list' || !goesOn(before, block)) {
      all.push(block);
      continue;
    }
    all.splice(-1, 1, partOf(before, rangeOf(before), [...before.items, ...block.items], language));
  }
  return all;
}

function goesOn(before: ListBlock, after: ListBlock): boolean {
  if (!RANGE.test(before.title ?? '') || !RANGE.test(after.title ?? '')) return false;
  const [a, b] = [rangeOf(before), rangeOf(after)];
  return a.title === b.title && a.total === b.total && a.first + before.items.length === b.first;
}

function partOf(
  { start: _, title: __, ...list }: ListBlock,
  { first, total, title }: Range,
  items: readonly string[],
  language: Language,
): ListBlock {
  const last = first + items.length - 1;
  if (first === 1 && last === total) return { ...list, ...(title === '' ? {} : { title }), items };
  const [to, of] = TO_OF[list.lang ?? language];
  const shown = first === last ? `${first}` : `${first} ${to} ${last}`;
  const words = `${title.replace(/:$/, '')} (${shown} ${of} ${total}):`.trim();
  return { ...list, title: words, ...(first === 1 ? {} : { start: first }), items };
}

function rangeOf({ title = '', start = 1, items }: ListBlock): Range {
  const match = RANGE.exec(title);
  if (match === null) return { first: start, total: start - 1 + items.length, title };
  return { first: Number(match[1]), total: Number(match[2]), title: title.replace(RANGE, '') };
}
