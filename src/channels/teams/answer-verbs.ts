import { z } from 'zod';
import { MAX_MESSAGE_LENGTH } from '../message-limit.ts';
import type { OnPress, Press, PressOutcome, Standing } from '../press.ts';
import type { CardPress, HandleVerb, PressAnswer } from './card-actions.ts';
import { VERBS } from './card-buttons.ts';
import { PRESS_WORDS, STANDING_WORDS } from './card-words.ts';
import { ANSWER_FIELD, renderCard } from './render-card.ts';
import { threadRoom } from './thread-room.ts';

/** What the buttons under answers need. */
export interface AnswerVerbParts {
  readonly onPress: OnPress;
  /** Whether there is a legal unit to ask. */
  readonly legal: boolean;
}

/** What is told beside the card of a press. */
interface Told {
  readonly done?: string;
  readonly repeated?: string;
}

const occasionSchema = z.uuid();
const judgeSchema = z.looseObject({ occasion: occasionSchema, verdict: z.enum(['yes', 'no', 'wrong']) });
const turnSchema = z.looseObject({ occasion: occasionSchema });
const answerSchema = z.looseObject({
  occasion: occasionSchema,
  [ANSWER_FIELD]: z.string().max(MAX_MESSAGE_LENGTH).nullish(),
});

/** The verbs of the buttons under answers and under questions for the legal unit. */
export function createAnswerVerbs(parts: AnswerVerbParts): Readonly<Record<string, HandleVerb>> {
  const { legal } = parts;
  const press = async (at: CardPress, what: Press, told: Told): Promise<PressAnswer> => {
    const where = { conversation: at.conversation, room: threadRoom(at.conversation) };
    return answerOf(await parts.onPress(what, where), told, legal);
  };
  /** What is made of the answer is written into the conversation. */
  const written =
    (kind: 'cite' | 'export' | 'copy', words: string): HandleVerb =>
    async (at) => {
      const { data } = turnSchema.safeParse(at.data);
      return data === undefined
        ? say(PRESS_WORDS.unknownButton)
        : press(at, { kind, turn: data.occasion }, both(words));
    };
  return {
    [VERBS.judge]: async (at) => {
      const { data } = judgeSchema.safeParse(at.data);
      if (data === undefined) return say(PRESS_WORDS.unknownButton);
      return press(at, { kind: 'judge', turn: data.occasion, verdict: data.verdict }, {});
    },
    [VERBS.cite]: written('cite', PRESS_WORDS.cited),
    [VERBS.export]: written('export', PRESS_WORDS.exported),
    [VERBS.copy]: written('copy', PRESS_WORDS.copied),
    [VERBS.askLegal]: async (at) => {
      const { data } = turnSchema.safeParse(at.data);
      if (data === undefined) return say(PRESS_WORDS.unknownButton);
      if (!legal) return say(PRESS_WORDS.noLegal);
      return press(at, { kind: 'ask-legal', turn: data.occasion, asker: askerOf(at) }, {});
    },
    [VERBS.answerLegal]: async (at) => {
      const { data } = answerSchema.safeParse(at.data);
      if (data === undefined) return say(PRESS_WORDS.unknownButton);
      const text = (data[ANSWER_FIELD] ?? '').trim();
      if (text === '') return say(PRESS_WORDS.emptyAnswer);
      const told = { done: PRESS_WORDS.answered, repeated: PRESS_WORDS.answeredBefore };
      return press(at, { kind: 'answer-legal', turn: data.occasion, text }, told);
    },
  };
}

function answerOf(outcome: PressOutcome, told: Told, legal: boolean): PressAnswer {
  if (outcome.kind === 'unknown') return say(PRESS_WORDS.unknown);
  const { kind, reply, standing } = outcome;
  const note = told[kind];
  const card =
    reply === undefined
      ? undefined
      : renderCard(reply, { legal, standing, ...(note === undefined ? {} : { note }) });
  return card === undefined ? say(note ?? standingWords(standing)) : { kind: 'card', card };
}

/** What has become of a reply whose card cannot be shown anew. */
function standingWords({ verdict, legal }: Standing): string {
  const words = [
    ...(verdict === undefined ? [] : [STANDING_WORDS.verdicts[verdict]]),
    ...(legal === undefined ? [] : [STANDING_WORDS.legal[legal]]),
  ];
  return words.length === 0 ? PRESS_WORDS.done : words.join(' ');
}

/** Who asks, as the legal unit reads it: what they do, never who they are. */
function askerOf({ asker: { audience, role } }: CardPress): string {
  if (audience !== 'staff') return 'una persona que usa Orienta';
  return role === undefined ? 'una persona del equipo' : `una persona del equipo (${role})`;
}

function both(words: string): Told {
  return { done: words, repeated: words };
}

function say(text: string): PressAnswer {
  return { kind: 'message', text };
}
