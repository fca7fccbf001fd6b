import type { Block } from '../answering/answer.ts';
import type { ConversationId, Reply } from '../channels/channel.ts';
import type { Press, PressedIn, PressOutcome } from '../channels/press.ts';
import { maskPersonalData } from '../safety/mask-personal-data.ts';
import type { Store } from '../storage/store.ts';
import { sayReply } from './replies.ts';
import { decodeReply, encodeReply } from './reply-codec.ts';
import { decodeContext } from './talk-context.ts';

/** What the way to the legal unit is built from. */
interface LegalParts {
  readonly store: Pick<Store, 'legalQuestions'>;
  readonly legalRoom: ConversationId | undefined;
}

/** Longest part of what Orienta had answered that is shown to the legal unit, in UTF-16 units. */
const LONGEST_EXCERPT = 600;
/** Longest part of the question that stands above its answer. */
const LONGEST_QUESTION = 300;

/**
 * Puts the question of a turn to the legal unit, once: what was asked and, for who did not follow the talk, what it was
 * about and what Orienta had said. Nothing in it tells who asks.
 * @returns `unknown` when there is no such question any more, or nobody to ask
 */
export async function askLegal(
  { turn, asker }: Extract<Press, { kind: 'ask-legal' }>,
  { conversation, reply }: { readonly conversation: ConversationId; readonly reply: Reply | undefined },
  { store, legalRoom }: LegalParts,
): Promise<'put' | 'repeated' | 'unknown'> {
  if (legalRoom === undefined) return 'unknown';
  const matter = await store.legalQuestions.matterOf({ turn, conversation });
  if (matter === undefined || matter.said.trim() === '') return 'unknown';
  const question = maskPersonalData(matter.said.trim());
  const topic = maskPersonalData(decodeContext(matter.context)?.topic ?? '');
  const isTold = topic === '' || question.includes(topic);
  const payload: Reply = {
    kind: 'handoff',
    language: 'es',
    asks: turn,
    blocks: [
      { kind: 'paragraph', text: `${QUESTION_OF} ${asker}:` },
      { kind: 'paragraph', text: `${OPENS}${question}${CLOSES}`, worth: 'lead' },
      ...(isTold ? [] : [paragraph(`Se hablaba de: ${topic}`)]),
      ...(reply === undefined ? [] : [paragraph(`Orienta respondió: ${excerpt(reply)}`)]),
    ],
    citations: (reply?.citations ?? []).map(({ wording: _, actions: __, ...citation }) => citation),
  };
  return store.legalQuestions.put({ turn, conversation }, legalRoom, encodeReply(payload));
}

/** Brings the legal unit's answer to whoever asked, once; only from the room in which the question was put. */
export async function answerFromLegal(
  { turn, text }: Extract<Press, { kind: 'answer-legal' }>,
  { room }: PressedIn,
  { store }: LegalParts,
): Promise<PressOutcome> {
  const question = await store.legalQuestions.find(turn, room);
  if (question === undefined) return { kind: 'unknown' };
  const asked = question.asked === undefined ? undefined : decodeReply(question.asked);
  const words = asked === undefined ? undefined : questionIn(asked);
  const answer = sayReply(
    'handoff',
    'es',
    words === undefined ? 'Jurídico respondió a su pregunta:' : `Jurídico respondió a su pregunta ${words}:`,
    text.trim(),
  );
  const given = await store.legalQuestions.answer(turn, room, encodeReply(answer));
  if (given === 'unknown') return { kind: 'unknown' };
  const shown = given === 'answered' ? [paragraph(`Respuesta de Jurídico: ${text.trim()}`)] : [];
  return {
    kind: given === 'answered' ? 'done' : 'repeated',
    reply: asked === undefined ? undefined : { ...asked, blocks: [...asked.blocks, ...shown] },
    standing: { legal: 'answered' },
  };
}

const QUESTION_OF = 'Pregunta de';
const [OPENS, CLOSES] = ['«', '»'];

function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

/** The question as it was put, for the person to know which one is answered. */
function questionIn({ blocks }: Reply): string | undefined {
  const [lead] = blocks.flatMap((block) =>
    block.kind === 'paragraph' && block.worth === 'lead' ? [block.text] : [],
  );
  const isLong = lead !== undefined && lead.length > LONGEST_QUESTION;
  return isLong ? `${lead.slice(0, LONGEST_QUESTION)}…${CLOSES}` : lead;
}

/** The first of what was answered. */
function excerpt({ blocks }: Reply): string {
  const said = blocks.flatMap((block) =>
    block.kind === 'paragraph' ? [block.text] : block.kind === 'list' ? [listWords(block)] : [],
  );
  const text = said.join(' ').replace(/\s+/g, ' ');
  return text.length <= LONGEST_EXCERPT ? text : `${text.slice(0, LONGEST_EXCERPT - 1)}…`;
}

function listWords({ title = '', items }: Extract<Block, { kind: 'list' }>): string {
  return [title, ...items].filter((line) => line !== '').join(' ');
}
