import type { ConversationId, Reply } from '../channels/channel.ts';
import type { OnPress, Press, PressedIn, PressOutcome, Standing } from '../channels/press.ts';
import { assertNever } from '../errors.ts';
import type { Store } from '../storage/store.ts';
import { answerFromLegal, askLegal } from './ask-legal.ts';
import { citationsAsText } from './cite-as-text.ts';
import { decodeReply, encodeReply } from './reply-codec.ts';
import type { Desk } from './staff/open-desk.ts';

/** What presses are answered with. */
export interface PressParts {
  readonly store: Pick<Store, 'feedback' | 'legalQuestions' | 'outbox'>;
  /** The conversation of the legal unit; absent where there is none. */
  readonly legalRoom: ConversationId | undefined;
  /** What makes files and texts of replies; absent where that is not done. */
  readonly desk?: Pick<Desk, 'exportTables' | 'copyForWhatsApp'>;
  readonly now: () => Date;
  /** Called when something waits to be delivered. */
  readonly onReply: () => void;
}

/** How soon the same table is exported again: while its link still works for some time. */
const EXPORT_AGAIN_MS = 20 * 60_000;
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
      return write(press, where, parts, cited(press));
    case 'export':
      return write(press, where, parts, exported(press, parts));
    case 'copy':
      return write(press, where, parts, copied(press, parts));
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

/** What is written into the conversation of a reply, and how it is told from what was written there before. */
interface Writing {
  readonly onceKey: string;
  /** Undefined where nothing can be made of the reply. */
  readonly make: (reply: Reply) => Promise<Reply | undefined>;
}

async function write(
  { turn }: { readonly turn: string },
  { conversation }: PressedIn,
  parts: PressParts,
  { onceKey, make }: Writing,
): Promise<PressOutcome> {
  const { store } = parts;
  const isKnown = await store.feedback.knows({ turn, conversation });
  const reply = isKnown ? await replyOf(turn, parts) : undefined;
  const made = reply === undefined ? undefined : await make(reply);
  if (made === undefined) return UNKNOWN;
  const isNew = await store.outbox.put({ conversation, kind: 'reply', payload: encodeReply(made), onceKey });
  return standingOf(turn, isNew ? 'done' : 'repeated', parts);
}

function cited({ turn }: { readonly turn: string }): Writing {
  return {
    onceKey: `cite ${turn}`,
    make: async (reply) => (reply.citations.length === 0 ? undefined : citationsAsText(reply)),
  };
}

/** A link to a file ends: after that the same button makes a new one. */
function exported({ turn }: { readonly turn: string }, { desk, now }: PressParts): Writing {
  return {
    onceKey: `export ${turn} ${Math.floor(now().getTime() / EXPORT_AGAIN_MS)}`,
    make: async (reply) => desk?.exportTables(encodeReply(reply)),
  };
}

function copied({ turn }: { readonly turn: string }, { desk }: PressParts): Writing {
  return {
    onceKey: `copy ${turn}`,
    make: async (reply) => desk?.copyForWhatsApp(encodeReply(reply)),
  };
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
