import type { ShownCitation } from '../answering/citation.ts';
import type { Reply, ReplyKind } from '../channels/channel.ts';
import { LONGEST_MESSAGE, whatsAppText } from '../channels/render-whatsapp.ts';
import { MOST_SOURCES } from '../channels/render-whatsapp-sources.ts';
import { choosePieces } from './condense-choose.ts';
import { blocksOf, type Piece, piecesOf } from './condense-pieces.ts';

/** What is said first, and what is left until somebody asks for more. */
export interface Condensed {
  readonly now: Reply;
  readonly rest: Reply | undefined;
}

/**
 * Characters of a first message: what is read at one look; where what must be said takes more, room for two looks, so
 * that whom to ask is not left behind.
 */
const FIRST = { wished: 400, longer: 600, longest: LONGEST_MESSAGE };
/** A message that was asked for is filled. */
const CONTINUED = { wished: LONGEST_MESSAGE, longer: LONGEST_MESSAGE, longest: LONGEST_MESSAGE };
/** The others ask for an answer of their own, often a number, or are about danger: nothing of them can wait. */
const DIVISIBLE: ReadonlySet<ReplyKind> = new Set<ReplyKind>(['answer', 'declined', 'handoff']);

/**
 * Cuts a reply down to a first message that is complete in itself: of about 400 characters where that can be, and never
 * above {@link LONGEST_MESSAGE}, sources included. What is left can be condensed again; since it was asked for, it fills
 * its message. Sentences, amounts and lists are not torn: a list too long for one message goes on in the next.
 * @param beside characters that stand in the same message beside the reply
 */
export function condense(reply: Reply, beside = 0): Condensed {
  if (!DIVISIBLE.has(reply.kind)) return { now: reply, rest: undefined };
  const isContinued = reply.place === 'last';
  const pieces = piecesOf(reply.blocks, reply.language);
  const whole = part(reply, pieces, isContinued ? 'last' : undefined);
  const place = isContinued ? 'middle' : 'first';
  const { now, rest } = choosePieces(pieces, {
    language: reply.language,
    room: isContinued ? CONTINUED : FIRST,
    length: (chosen) =>
      beside + whatsAppText(isWhole(chosen, pieces) ? whole : part(reply, chosen, place)).length,
    isWellSourced: (chosen) => sourcesOf(reply, chosen).length <= MOST_SOURCES,
  });
  if (rest.length === 0) return { now: whole, rest: undefined };
  const { inReplyTo: _, spoken: __, ...left } = reply;
  return { now: part(reply, now, place), rest: part(left, rest, 'last') };
}

/** A part of a list in the place of the list is not it. */
function isWhole(chosen: readonly Piece[], pieces: readonly Piece[]): boolean {
  return chosen.length === pieces.length && pieces.every((piece) => chosen.includes(piece));
}

function part(reply: Reply, pieces: readonly Piece[], place: Reply['place'] | undefined): Reply {
  const { place: _, ...bare } = reply;
  const said = { ...bare, blocks: blocksOf(pieces, reply.language), citations: sourcesOf(reply, pieces) };
  return place === undefined ? said : { ...said, place };
}

/** The citations that these words rest on, in the reply's order. */
function sourcesOf({ citations }: Reply, pieces: readonly Piece[]): readonly ShownCitation[] {
  const units = new Set(pieces.map(({ block }) => block.unit ?? citations[0]?.unit));
  const own = citations.filter(({ unit }) => units.has(unit));
  return own.length > 0 ? own : citations.slice(0, 1);
}
