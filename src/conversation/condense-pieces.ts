import type { Block, Worth } from '../answering/answer.ts';
import { dependsOnBefore } from '../answering/leaning-claim.ts';
import { tableList } from '../channels/table-list.ts';
import type { Language } from '../knowledge/unit.ts';
import { joinLists, withLater } from './condense-lists.ts';

/** What is said or put off as a whole: a block, or a statement of a paragraph with those that lean on it. */
export interface Piece {
  readonly block: Block;
  /** Place of the block among those of the reply; pieces of one block share it. */
  readonly source: number;
  /** The block's own worth, or more. */
  readonly worth: Worth | undefined;
}

type Paragraph = Block & { readonly kind: 'paragraph' };

/** A short line to ring, as of the police or of those who defend rights: "llame al 110", "llame a la PDH al 1555". */
const RING = /\bll[aá]m\p{L}+ [^.]{0,80}\b1\d{2,3}\b/iu;

/** Takes a reply's blocks apart into what may be put off one by one. Lists stay whole, and a table is one. */
export function piecesOf(blocks: readonly Block[], language: Language): readonly Piece[] {
  const listed = blocks.map((block) => (block.kind === 'table' ? tableList(block) : block));
  return withLater(listed, language).flatMap((block, source): readonly Piece[] => {
    const { worth } = block;
    if (block.kind !== 'paragraph' || block.statements === undefined) return [{ block, source, worth }];
    return together(block.statements).map((statements) => ({
      block: paragraphOf(block, statements),
      source,
      worth: worth !== 'aside' && RING.test(statements.join(' ')) ? 'warning' : worth,
    }));
  });
}

/** The blocks that pieces make, in the order in which they are to be read. */
export function blocksOf(pieces: readonly Piece[], language: Language): readonly Block[] {
  const bySource = new Map<number, Piece[]>();
  for (const piece of [...pieces].sort((a, b) => a.source - b.source)) {
    bySource.set(piece.source, [...(bySource.get(piece.source) ?? []), piece]);
  }
  const blocks = [...bySource.values()].flatMap((parts) => {
    const first = parts[0]?.block;
    if (first?.kind !== 'paragraph' || parts.length === 1) return parts.map(({ block }) => block);
    return [
      paragraphOf(
        first,
        parts.flatMap(({ block }) => statementsOf(block)),
      ),
    ];
  });
  return joinLists(blocks, language);
}

/** A paragraph cut after as many of its sentences as fit, each part whole sentences; undefined where none does. */
export function cutParagraph(
  block: Paragraph,
  fits: (head: Block) => boolean,
): readonly [Block, Block] | undefined {
  for (const end of [SURE_END, LIKELY_END]) {
    const sentences = block.text.split(end);
    for (let count = sentences.length - 1; count > 0; count -= 1) {
      const head = paragraphOf(block, sentences.slice(0, count));
      if (fits(head)) return [head, paragraphOf(block, sentences.slice(count))];
    }
  }
  return undefined;
}

function together(statements: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  for (const statement of statements) {
    const before = groups.at(-1);
    if (before !== undefined && dependsOnBefore(statement)) before.push(statement);
    else groups.push([statement]);
  }
  return groups;
}

function statementsOf(block: Block): readonly string[] {
  if (block.kind !== 'paragraph') return [];
  return block.statements ?? [block.text];
}

function paragraphOf({ brief: _, later: __, ...block }: Paragraph, statements: readonly string[]): Paragraph {
  return { ...block, text: statements.join(' '), statements };
}

/** Where a sentence ends; in doubt ("7a. Avenida", "EE. UU.") two stay together. */
const SURE_END = /(?<=[\p{Ll}\d)»”"]{3}[.!?…]+[»”")]?)\s+(?=[\p{Lu}¿¡«“"])/u;
/** Where it may: still better than where the message is full. */
const LIKELY_END = /(?<=[.!?…][»”")]?)\s+(?=[\p{Lu}¿¡«“"])/u;
