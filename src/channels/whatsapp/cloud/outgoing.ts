import { createHmac } from 'node:crypto';
import type { Secret } from '../../../config.ts';
import { AppError, errorCode } from '../../../errors.ts';
import type { Logger } from '../../../log.ts';
import type { ConversationId, Reply, SendOptions } from '../../channel.ts';
import type { Speak } from '../message.ts';
import { type Recipient, recipientOf } from './address.ts';
import { withChoices } from './choices.ts';
import { deliveryFault, isMalformed, isWindowClosed } from './delivery-fault.ts';
import type { GraphClient } from './graph-client.ts';
import { GraphRefusal } from './graph-refusal.ts';
import type { Health } from './health.ts';
import type { Receipts } from './receipts.ts';

/** Everything that Orienta writes through the API. */
export interface Outgoing {
  /**
   * Delivers a reply. Each of its messages counts once Meta says it is sent, or says nothing for a while.
   *
   * The API shows nobody what was sent. A message whose request was cut off may therefore arrive twice; but each carries
   * a tag made of its delivery, its place and its words, and a tag that came back, in an answer or in a status, within
   * this process is not sent again. What is left are requests cut off together with the process, one for each delivery
   * under way, and those that Meta took without a word.
   */
  send(to: ConversationId, reply: Reply, options?: SendOptions): Promise<readonly string[]>;
}

/** What the outgoing side is made from. */
export interface OutgoingParts {
  readonly graph: GraphClient;
  readonly receipts: Receipts;
  readonly health: Health;
  readonly render: (reply: Reply) => readonly string[];
  readonly speak: Speak | undefined;
  /** Tells somebody outside the 24 hours, by a template, that there is an answer. */
  readonly reopen: (to: ConversationId) => Promise<void>;
  /** Resolves once no typing sign is on its way to the conversation. */
  readonly typingShown: (to: ConversationId) => Promise<void>;
  readonly tagKey: Secret;
  /** Longest wait for Meta's word on a message that it accepted. */
  readonly statusMs: number;
  readonly log: Logger;
}

interface Delivery {
  readonly to: ConversationId;
  readonly recipient: Recipient;
  readonly options: SendOptions;
}

/** @returns the outgoing side; it starts nothing by itself */
export function createOutgoing(parts: OutgoingParts): Outgoing {
  return {
    send: async (to, reply, options = {}) => {
      const recipient = recipientOf(to);
      if (recipient === undefined) {
        throw new AppError('UNREACHABLE_PERSON', 'The conversation is none of the Cloud API.');
      }
      const delivery = { to, recipient, options };
      // A typing sign that overtakes its answer would stay on the screen.
      await parts.typingShown(to);
      try {
        return (await sendSpoken(parts, delivery, reply)) ?? (await sendWords(parts, delivery, reply));
      } catch (error) {
        parts.health.failed(error);
        if (error instanceof GraphRefusal && isWindowClosed(error)) await parts.reopen(to);
        throw deliveryFault(error);
      }
    },
  };
}

/** @returns undefined when the words are to be sent instead */
async function sendSpoken(
  parts: OutgoingParts,
  delivery: Delivery,
  reply: Reply,
): Promise<readonly string[] | undefined> {
  if (reply.spoken === undefined || parts.speak === undefined) return undefined;
  const tag = tagOf(parts, delivery, 'voice', JSON.stringify(reply.blocks));
  try {
    const earlier = tag === undefined ? undefined : parts.receipts.idOf(tag);
    if (earlier !== undefined) return [await confirm(parts, delivery, earlier)];
    const audio = await parts.speak(reply);
    if (audio === undefined) return undefined;
    const id = await parts.graph.upload(audio, delivery.options.signal);
    // Only Ogg Opus is shown as a voice note.
    const isVoice = audio.type.startsWith('audio/ogg');
    const content = { type: 'audio', audio: { id, ...(isVoice ? { voice: true } : {}) } };
    return [await deliver(parts, delivery, content, tag)];
  } catch (error) {
    if (isAboutPerson(error)) throw error;
    parts.log.warn({ error: errorCode(error) }, 'whatsapp: a spoken answer is sent in words');
    return undefined;
  }
}

/** Words would fare no better. */
function isAboutPerson(error: unknown): boolean {
  if (!(error instanceof GraphRefusal)) return false;
  return ['UNREACHABLE_PERSON', 'WINDOW_CLOSED', 'RATE_LIMITED'].includes(deliveryFault(error).code);
}

async function sendWords(parts: OutgoingParts, delivery: Delivery, reply: Reply): Promise<readonly string[]> {
  const texts = parts.render(reply);
  const ids: string[] = [];
  for (const [index, text] of texts.entries()) {
    const isLast = index === texts.length - 1;
    const interactive = isLast ? withChoices(reply, text) : undefined;
    const tag = tagOf(parts, delivery, String(index), text);
    const plain = { type: 'text', text: { preview_url: false, body: text } };
    const tappable = interactive === undefined ? undefined : { type: 'interactive', interactive };
    // The order of arrival is kept only by waiting for each.
    ids.push(await deliverEither(parts, delivery, tappable, plain, tag));
  }
  return ids;
}

/** An old client, or a limit that has changed, must not cost the person the answer. */
async function deliverEither(
  parts: OutgoingParts,
  delivery: Delivery,
  first: object | undefined,
  fallback: object,
  tag: string | undefined,
): Promise<string> {
  if (first === undefined) return deliver(parts, delivery, fallback, tag);
  try {
    return await deliver(parts, delivery, first, tag);
  } catch (error) {
    if (!(error instanceof GraphRefusal && isMalformed(error))) throw error;
    parts.log.warn({ code: error.graphCode }, 'whatsapp: buttons were refused; the text alone is sent');
    return deliver(parts, delivery, fallback, tag);
  }
}

async function deliver(
  parts: OutgoingParts,
  delivery: Delivery,
  content: object,
  tag: string | undefined,
): Promise<string> {
  const { graph, receipts, health } = parts;
  const earlier = tag === undefined ? undefined : receipts.idOf(tag);
  if (earlier !== undefined) return confirm(parts, delivery, earlier);
  const message = {
    ...delivery.recipient,
    ...content,
    ...(tag === undefined ? {} : { biz_opaque_callback_data: tag }),
  };
  const id = await graph.send(message, delivery.options.signal);
  receipts.accepted(id, delivery.to, tag);
  health.worked();
  return confirm(parts, delivery, id);
}

async function confirm(
  { receipts, statusMs }: OutgoingParts,
  delivery: Delivery,
  id: string,
): Promise<string> {
  const verdict = await receipts.verdictOn(id, statusMs, delivery.options.signal);
  if (verdict.kind === 'failed') throw new GraphRefusal({ graphCode: verdict.code });
  return id;
}

/** Without `since` nothing tells a repeated delivery from the same words said twice. */
function tagOf(
  { tagKey }: OutgoingParts,
  { to, options: { since } }: Delivery,
  place: string,
  words: string,
): string | undefined {
  if (since === undefined) return undefined;
  const facts = JSON.stringify([to, since.getTime(), place, words]);
  return createHmac('sha256', tagKey.reveal()).update(facts).digest('base64url');
}
