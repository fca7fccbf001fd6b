import type { ConversationId, Reply } from '../channels/channel.ts';
import type { OnPress, Press, PressedIn, PressOutcome, Standing } from '../channels/press.ts';
import { assertNever } from '../errors.ts';
import type { Store } from '../storage/store.ts';
import { answerFromLegal, askLegal } from './ask-legal.ts';
import { citationsAsText } from './cite-as-text.ts';
import { decodeReply, encodeReply } from './reply-codec.ts';

/** What presses are answered with. */
export interface PressParts {
  readonly store: Pick<Store, 'feedback' | 'legalQuestions' | 'outbox'>;
  /** The conversation of the legal unit; absent where there is none. */
  readonly legalRoom: ConversationId | undefined;
  /** Called when something waits to be delivered. */
  readonly onReply: () => void;
}

const UNKNOWN: PressOutcome = { kind: 'unknown' };

/** Does what people press under replies. What each press does is kept once, so pressing again does nothing. */
export function createOnPress(parts: PressParts): OnPress {
  return async (press, where) => {
    const outcome = await doPress(press, where, parts);
    if (outcome.kind === 'done') parts.onReply();
    return outcome;
  };
}

function doPress(press: Press, where: PressedIn, parts: PressParts): Promise<PressOutcome> {
  switch (press.kind) {
    case 'judge':
      return judge(press, where, parts);
    case 'cite':
      return cite(press, where, parts);
    case 'ask-legal':
      return ask(press, where, parts);
    case 'answer-legal':
      return answerFromLegal(press, where, parts);
    default:
      return assertNever(press);
  }
}

async function judge(
  { turn, verdict }: Extract<Press, { kind: 'judge' }>,
  { conversation }: PressedIn,
  parts: PressParts,
): Promise<PressOutcome> {
  const given = await parts.store.feedback.give({ turn, conversation }, verdict);
  if (given === 'unknown') return UNKNOWN;
  return standingOf(turn, given === 'given' ? 'done' : 'repeated', parts);
}

async function cite(
  { turn }: Extract<Press, { kind: 'cite' }>,
  { conversation }: PressedIn,
  parts: PressParts,
): Promise<PressOutcome> {
  const { store } = parts;
  const isKnown = await store.feedback.knows({ turn, conversation });
  const reply = isKnown ? await replyOf(turn, parts) : undefined;
  if (reply === undefined || reply.citations.length === 0) return UNKNOWN;
  const payload = encodeReply(citationsAsText(reply));
  const isNew = await store.outbox.put({ conversation, kind: 'reply', payload, onceKey: `cite ${turn}` });
  return standingOf(turn, isNew ? 'done' : 'repeated', parts);
}

async function ask(
  press: Extract<Press, { kind: 'ask-legal' }>,
  { conversation }: PressedIn,
  parts: PressParts,
): Promise<PressOutcome> {
  const reply = await replyOf(press.turn, parts);
  const asked = await askLegal(press, { conversation, reply }, parts);
  return asked === 'unknown' ? UNKNOWN : standingOf(press.turn, asked === 'put' ? 'done' : 'repeated', parts);
}

async function standingOf(turn: string, kind: 'done' | 'repeated', parts: PressParts): Promise<PressOutcome> {
  const [reply, verdict, legal] = await Promise.all([
    replyOf(turn, parts),
    parts.store.feedback.of(turn),
    parts.store.legalQuestions.stateOf(turn),
  ]);
  const standing: Standing = {
    ...(verdict === undefined ? {} : { verdict }),
    ...(legal === undefined ? {} : { legal }),
  };
  return { kind, reply, standing };
}

async function replyOf(turn: string, { store }: PressParts): Promise<Reply | undefined> {
  const payload = (await store.outbox.replyTo(turn))?.payload;
  return payload === undefined ? undefined : decodeReply(payload);
}
