import type { ShownCitation } from '../../answering/citation.ts';
import type { Reply } from '../channel.ts';
import { MAX_MESSAGE_LENGTH } from '../message-limit.ts';
import type { Standing } from '../press.ts';
import { renderPlain } from '../render-plain.ts';
import { cardBlocks } from './card-blocks.ts';
import { cardButtons, execute, told, UNFOLDED, VERBS } from './card-buttons.ts';
import { type AdaptiveCard, adaptiveCard, type CardElement } from './card-elements.ts';
import { cardActions, cardCitations, cardWording, citesNorm } from './card-sources.ts';
import { CARD_WORDS } from './card-words.ts';

/**
 * Largest card, in UTF-8 bytes of its JSON. Teams refuses messages of about 28 KB and more, what it adds around the
 * card included.
 */
export const MAX_CARD_BYTES = 24_000;
const LONGEST_SPEECH = 300;

/** How a card is made. */
export interface CardOptions {
  /** Whether there is a legal unit to ask. */
  readonly legal: boolean;
  /** What has become of the reply; nothing unless said. */
  readonly standing?: Standing;
  /** A sentence on what has just been done, below all else. */
  readonly note?: string;
}

/** Id of the field in which the legal unit writes. */
export const ANSWER_FIELD = 'respuesta';

/**
 * The card of a reply: of answers, of what is not known where that can be asked on, and of questions for the legal unit.
 * Undefined where plain text says it better, and where the card would be larger than {@link MAX_CARD_BYTES}.
 */
export function renderCard(reply: Reply, options: CardOptions): AdaptiveCard | undefined {
  if (!isForCard(reply)) return undefined;
  const sizes = [reply, withWordingOf(reply, 1), withWordingOf(reply, 0)];
  return sizes.map((one) => cardOf(one, options)).find(fits);
}

/** The first sentence or two of a reply, for a notification. */
export function summaryOf({ blocks }: Reply): string {
  const lead = blocks.find((block) => block.kind === 'paragraph') ?? blocks[0];
  const words = lead === undefined ? '' : renderPlain({ ...NOTHING, blocks: [lead] }, { links: false });
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST_SPEECH ? line : `${line.slice(0, LONGEST_SPEECH - 1).trimEnd()}…`;
}

const NOTHING: Reply = { kind: 'answer', language: 'es', blocks: [], citations: [] };

function isForCard({ kind, citations, asks, turn }: Reply): boolean {
  if (asks !== undefined) return true;
  if (kind === 'emergency' || kind === 'handoff') return false;
  return citations.length > 0 || (kind === 'declined' && turn !== undefined);
}

function cardOf(reply: Reply, options: CardOptions): AdaptiveCard {
  const body =
    reply.asks === undefined ? answerBody(reply, options) : questionBody(reply, reply.asks, options);
  const note = options.note === undefined ? [] : [told(options.note)];
  return adaptiveCard([...body, ...note], {
    fallbackText: renderPlain(reply, { links: true }),
    speak: summaryOf(reply),
  });
}

function answerBody(reply: Reply, { legal, standing = {} }: CardOptions): readonly CardElement[] {
  const { shown, folded } = cardBlocks(reply.blocks);
  const wording = cardWording(reply.citations);
  const actions = cardActions(reply.citations);
  const title = citesNorm(reply.citations) ? CARD_WORDS.norm : CARD_WORDS.guide;
  return [
    ...shown,
    ...hidden(UNFOLDED.more, folded),
    ...cardCitations(reply.citations),
    ...hidden(UNFOLDED.wording, wording),
    ...hidden(UNFOLDED.actions, actions),
    ...cardButtons(reply, standing, {
      hasMore: folded.length > 0,
      wording: wording.length === 0 ? undefined : title,
      hasActions: actions.length > 0,
      legal,
    }),
  ];
}

/** A question for the legal unit, with a field for the answer until there is one. */
function questionBody(reply: Reply, asks: string, { standing = {} }: CardOptions): readonly CardElement[] {
  const { shown, folded } = cardBlocks(reply.blocks);
  const said = [...shown, ...folded, ...cardCitations(reply.citations)];
  if (standing.legal === 'answered') return said;
  return [
    ...said,
    {
      type: 'Input.Text',
      id: ANSWER_FIELD,
      label: CARD_WORDS.answerLabel,
      isMultiline: true,
      maxLength: MAX_MESSAGE_LENGTH,
      isRequired: true,
      errorMessage: CARD_WORDS.answerNeeded,
    },
    {
      type: 'ActionSet',
      actions: [execute(CARD_WORDS.answer, VERBS.answerLegal, { occasion: asks }, 'auto')],
    },
  ];
}

function hidden(id: string, items: readonly CardElement[]): readonly CardElement[] {
  return items.length === 0 ? [] : [{ type: 'Container', id, isVisible: false, items }];
}

/** The same with the words of the first citations only. */
function withWordingOf(reply: Reply, most: number): Reply {
  const citations = reply.citations.map((citation, index): ShownCitation => {
    const { wording, ...bare } = citation;
    return index < most && wording !== undefined ? { ...bare, wording } : bare;
  });
  return { ...reply, citations };
}

function fits(card: AdaptiveCard): boolean {
  return Buffer.byteLength(JSON.stringify(card)) <= MAX_CARD_BYTES;
}
