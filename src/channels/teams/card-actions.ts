import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Logger } from '../../log.ts';
import type { AdaptiveCard } from './card-elements.ts';
import { PRESS_WORDS } from './card-words.ts';
import { errorFacts } from './error-facts.ts';
import type { Inbound, InvokeAnswer, TakeInvoke } from './inbound.ts';
import type { Delivery } from './reachable-delivery.ts';
import { cardActivity } from './reply-activities.ts';

/** A button of a card that was pressed, and where and by whom. */
export interface CardPress extends Inbound {
  /** What stood in the button, and what was written in the card's fields. Whoever handles the verb checks it. */
  readonly data: unknown;
}

/** What a press comes to: another card in the place of the one with the button, or a sentence beside it. */
export type PressAnswer =
  | { readonly kind: 'card'; readonly card: AdaptiveCard }
  | { readonly kind: 'message'; readonly text: string };

/** Does what the buttons with one verb ask for. What it throws is logged, and the person is asked to press again. */
export type HandleVerb = (press: CardPress) => Promise<PressAnswer>;

/** What presses are answered with. */
export interface CardActionParts {
  readonly verbs: Readonly<Record<string, HandleVerb>>;
  readonly adapter: Pick<Delivery, 'update'>;
  readonly log: Logger;
  /** After that the person is told that it takes longer; the work goes on. */
  readonly answerMs?: number;
}

/** Teams tells people that the app does not respond after 5 s. */
const ANSWER_MS = 4_000;
const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';

const actionSchema = z.looseObject({
  name: z.literal('adaptiveCard/action'),
  /** The message that is the card. */
  replyToId: z.string().nullish(),
  value: z.unknown().optional(),
});
const valueSchema = z.looseObject({
  action: z.looseObject({ verb: z.string(), data: z.unknown().optional() }),
});

/**
 * Answers presses of card buttons. The card in the answer is seen at once by who pressed; the message is changed to it
 * too, so that it stays and everybody in the conversation sees it.
 */
export function createCardActions(parts: CardActionParts): TakeInvoke {
  const { adapter, log, answerMs = ANSWER_MS } = parts;
  const change = async ({ reference }: Inbound, messageId: string, card: AdaptiveCard): Promise<void> => {
    await adapter
      .update(reference, messageId, cardActivity(card))
      .catch((error: unknown) => log.warn(errorFacts(error), 'teams card not updated'));
  };
  return async (inbound) => {
    const action = actionSchema.safeParse(inbound.activity).data;
    if (action === undefined) return undefined;
    const work = press(inbound, action.value, parts);
    void work.then((answer) => {
      const { replyToId } = action;
      if (answer.kind === 'card' && typeof replyToId === 'string')
        void change(inbound, replyToId, answer.card);
    });
    return answerOf(await Promise.race([work, lateAnswer(answerMs)]));
  };
}

/** Never rejects. */
async function press(
  inbound: Inbound,
  value: unknown,
  { verbs, log }: CardActionParts,
): Promise<PressAnswer> {
  const { action } = valueSchema.safeParse(value).data ?? {};
  const verb = action?.verb ?? '';
  const handle = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (handle === undefined) return message(PRESS_WORDS.unknownButton);
  try {
    return await handle({ ...inbound, data: action?.data });
  } catch (error) {
    log.warn(errorFacts(error), 'teams card action failed');
    return message(PRESS_WORDS.failed);
  }
}

async function lateAnswer(ms: number): Promise<PressAnswer> {
  await sleep(ms, undefined, { ref: false });
  return message(PRESS_WORDS.slow);
}

function message(text: string): PressAnswer {
  return { kind: 'message', text };
}

/** Always 200 in the body: for an error's code Teams has words of its own, that the app does not work. */
function answerOf(answer: PressAnswer): InvokeAnswer {
  const body =
    answer.kind === 'card'
      ? { statusCode: 200, type: CARD, value: answer.card }
      : { statusCode: 200, type: MESSAGE, value: answer.text };
  return { status: 200, body };
}
