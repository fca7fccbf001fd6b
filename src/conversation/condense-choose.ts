import type { Block } from '../answering/answer.ts';
import type { Language } from '../knowledge/unit.ts';
import { cutList } from './condense-lists.ts';
import { cutParagraph, type Piece } from './condense-pieces.ts';

/** How pieces are measured, as the message that they would make. */
export interface Measure {
  readonly language: Language;
  /**
   * Lengths in characters: the one wished for, the one filled up to where what must be said takes more than that, and
   * the longest possible.
   */
  readonly room: { readonly wished: number; readonly longer: number; readonly longest: number };
  /** Characters of the message that pieces make. */
  length(pieces: readonly Piece[]): number;
  /** Whether they rest on no more sources than a message names. */
  isWellSourced(pieces: readonly Piece[]): boolean;
}

/** What is said now and what is left, both in the order of reading. */
export interface Choice {
  readonly now: readonly Piece[];
  readonly rest: readonly Piece[];
}

/**
 * Chooses what is said first: warnings and what answers the question, as far as one message holds them; then, where there
 * is room, the rest of the answer's heart; then what stands at its end, where to ask, before what stands beside it.
 */
export function choosePieces(pieces: readonly Piece[], measure: Measure): Choice {
  const { wished, longer, longest } = measure.room;
  if (measure.length(pieces) <= wished) return { now: pieces, rest: [] };
  const leads = leadsOf(pieces);
  const must = withLeads(pieces, leads, measure);
  const taken = measure.length(must);
  if (taken > longest) return cutLead(pieces, must, leads, measure);
  const room = taken <= wished ? wished : longer;
  if (measure.length(pieces) <= room) return { now: pieces, rest: [] };
  const now = filled(pieces, must, room, measure);
  return { now, rest: pieces.filter((piece) => !now.includes(piece)) };
}

/** What answers the question: the blocks marked so, else the first piece that is neither warning nor aside. */
function leadsOf(pieces: readonly Piece[]): readonly Piece[] {
  const marked = pieces.filter(({ worth }) => worth === 'lead');
  const heart = pieces.find(({ worth }) => worth === undefined);
  const first = pieces.find(({ worth }) => worth !== 'warning');
  const before = marked.length === 0 ? (heart ?? first) : heart;
  return pieces.filter((piece) => marked.includes(piece) || piece === before);
}

/** All warnings, and as many of the leads as one message holds beside them, one at least. */
function withLeads(
  pieces: readonly Piece[],
  [first, ...others]: readonly Piece[],
  measure: Measure,
): readonly Piece[] {
  const least = pieces.filter((piece) => piece.worth === 'warning' || piece === first);
  const chosen = withMore(least, others, measure);
  return pieces.filter((piece) => chosen.includes(piece));
}

/** Pieces with as many others behind them as one message holds. */
function withMore(pieces: readonly Piece[], others: readonly Piece[], measure: Measure): readonly Piece[] {
  let chosen = pieces;
  for (const other of others) {
    const more = [...chosen, other];
    if (measure.length(more) <= measure.room.longest) chosen = more;
  }
  return chosen;
}

function filled(
  pieces: readonly Piece[],
  must: readonly Piece[],
  room: number,
  measure: Measure,
): readonly Piece[] {
  let chosen = must;
  // Beyond the length wished for, only what is not yet begun: more of the same is what a second look is for.
  const begun = room > measure.room.wished ? must.filter(({ worth }) => worth === undefined) : [];
  const cutOff = new Set(begun.map(({ source }) => source));
  for (const next of byWorth(pieces)) {
    if (chosen.includes(next) || cutOff.has(next.source)) continue;
    const more = pieces.filter((piece) => chosen.includes(piece) || piece === next);
    if (measure.length(more) <= room && measure.isWellSourced(more)) chosen = more;
    // What follows in the same paragraph would stand beside a gap.
    else cutOff.add(next.source);
  }
  return chosen;
}

function byWorth(pieces: readonly Piece[]): readonly Piece[] {
  const asides = pieces.filter(({ worth }) => worth === 'aside');
  return [
    ...pieces.filter((piece) => !asides.includes(piece)),
    ...asides.toSorted((a, b) => b.source - a.source),
  ];
}

/** One message cannot hold the first lead: it is cut between items or sentences, and what else leads stands after it. */
function cutLead(
  pieces: readonly Piece[],
  must: readonly Piece[],
  leads: readonly Piece[],
  measure: Measure,
): Choice {
  const [lead] = leads;
  const put = (block: Block): readonly Piece[] =>
    must.map((piece) => (piece === lead ? { ...piece, block } : piece));
  const halves =
    lead && cut(lead.block, (head) => measure.length(put(head)) <= measure.room.longest, measure.language);
  if (lead === undefined || halves === undefined) {
    return { now: must, rest: pieces.filter((piece) => !must.includes(piece)) };
  }
  const behind = leads.filter((piece) => !must.includes(piece));
  const now = withMore(put(halves[0]), behind, measure);
  const tail = { ...lead, block: halves[1] };
  const rest = pieces
    .filter((piece) => piece === lead || !(now.includes(piece) || must.includes(piece)))
    .map((piece) => (piece === lead ? tail : piece));
  return { now, rest };
}

function cut(
  block: Block,
  fits: (head: Block) => boolean,
  language: Language,
): readonly [Block, Block] | undefined {
  if (block.kind === 'notice' || block.kind === 'table') return undefined;
  if (block.kind === 'paragraph') return cutParagraph(block, fits);
  for (let count = block.items.length - 1; count > 0; count -= 1) {
    const halves = cutList(block, count, language);
    if (halves !== undefined && fits(halves[0])) return halves;
  }
  return undefined;
}
