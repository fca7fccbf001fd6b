import type { Block, ListBlock } from '../../answering/answer.ts';
import { assertNever } from '../../errors.ts';
import { tableList } from '../table-list.ts';
import { type CardElement, textBlock } from './card-elements.ts';
import { cardLine, cardText } from './card-text.ts';

/** Characters after which the rest is folded away: what a phone shows in two looks. */
const SHOWN_LENGTH = 900;
/** So little is not worth a button. */
const WORTH_FOLDING = 200;

/** What an answer says: what is seen at once, and what a button unfolds. */
export interface CardText {
  readonly shown: readonly CardElement[];
  readonly folded: readonly CardElement[];
}

/** One element, and how much there is to read in it. */
interface Piece {
  readonly element: CardElement;
  readonly length: number;
  /** It is never folded away. */
  readonly stays: boolean;
}

/** Blocks as elements, in their order; when they are long, all but warnings is folded from where a phone is full. */
export function cardBlocks(blocks: readonly Block[]): CardText {
  const pieces = blocks.flatMap(piecesOf);
  const from = foldedFrom(pieces);
  const isShown = (piece: Piece, index: number) => index < from || piece.stays;
  return {
    shown: pieces.filter(isShown).map(({ element }) => element),
    folded: pieces.filter((piece, index) => !isShown(piece, index)).map(({ element }) => element),
  };
}

function foldedFrom(pieces: readonly Piece[]): number {
  let read = 0;
  const full = pieces.findIndex(({ length }, index) => {
    read += length;
    return index > 0 && read > SHOWN_LENGTH;
  });
  if (full < 0) return pieces.length;
  const left = pieces.slice(full).reduce((sum, { length, stays }) => sum + (stays ? 0 : length), 0);
  return left < WORTH_FOLDING ? pieces.length : full;
}

function piecesOf(block: Block): readonly Piece[] {
  const stays = block.worth === 'warning';
  switch (block.kind) {
    case 'paragraph':
      return [{ element: textBlock(cardText(block.text)), length: block.text.length, stays }];
    case 'notice':
      return [{ element: notice(block.text, stays), length: block.text.length, stays }];
    case 'list':
      return listPieces(block, stays);
    case 'table':
      return listPieces(tableList(block), stays);
    default:
      return assertNever(block);
  }
}

/** A warning is seen before what it warns of; other notices are small print. */
function notice(text: string, isWarning: boolean): CardElement {
  if (!isWarning) return textBlock(cardText(text), { size: 'small', isSubtle: true });
  return { type: 'Container', style: 'warning', items: [textBlock(cardText(text), { weight: 'bolder' })] };
}

function listPieces({ title, ordered, start = 1, items }: ListBlock, stays: boolean): readonly Piece[] {
  const heading =
    title === undefined ? [] : [{ element: textBlock(cardLine(title)), length: title.length, stays }];
  return [
    ...heading,
    ...items.map((item, index) => ({
      element: textBlock(`${mark(ordered, start + index)}${cardLine(item)}`, { spacing: 'small' as const }),
      length: item.length,
      stays,
    })),
  ];
}

/** With the space that breaks no line it is no Markdown list, which phones would number anew from 1. */
function mark(ordered: boolean, number: number): string {
  return ordered ? `${number}.\u00a0` : '•\u00a0';
}
