import type { Reply } from '../channel.ts';
import type { Standing, Verdict } from '../press.ts';
import {
  type ActionSet,
  type CardButton,
  type CardElement,
  type ExecuteButton,
  textBlock,
} from './card-elements.ts';
import { CARD_WORDS, STANDING_WORDS } from './card-words.ts';

/** Ids of what buttons unfold. */
export const UNFOLDED = {
  more: 'orienta-mas',
  wording: 'orienta-texto',
  actions: 'orienta-responsables',
} as const;

/** The verbs of the buttons. Cards live for years: a verb keeps its meaning. */
export const VERBS = {
  judge: 'orienta.opinar',
  cite: 'orienta.citar',
  askLegal: 'orienta.preguntar-juridico',
  answerLegal: 'orienta.responder-juridico',
} as const;

const MOST_IN_A_ROW = 3;
const VERDICTS: readonly Verdict[] = ['yes', 'no', 'wrong'];

/** What buttons there may be. */
export interface ButtonRules {
  readonly hasMore: boolean;
  /** The title of the button that unfolds the words; absent where there are none. */
  readonly wording: string | undefined;
  /** Whether there are institutions to unfold. */
  readonly hasActions: boolean;
  /** Whether there is a legal unit to ask. */
  readonly legal: boolean;
}

/** The buttons under an answer, and what was pressed of them. */
export function cardButtons(reply: Reply, standing: Standing, rules: ButtonRules): readonly CardElement[] {
  const { turn } = reply;
  const unfolding = [
    ...(rules.hasMore ? [toggle(CARD_WORDS.more, UNFOLDED.more)] : []),
    ...(rules.wording === undefined ? [] : [toggle(rules.wording, UNFOLDED.wording)]),
    ...(rules.hasActions ? [toggle(CARD_WORDS.actions, UNFOLDED.actions)] : []),
  ];
  if (turn === undefined) return rows(unfolding);
  const asking = [
    ...(reply.citations.length === 0 ? [] : [execute(CARD_WORDS.cite, VERBS.cite, { key: turn })]),
    ...(rules.legal && standing.legal === undefined
      ? [execute(CARD_WORDS.askLegal, VERBS.askLegal, { key: turn })]
      : []),
  ];
  const legal = standing.legal === undefined ? [] : [told(STANDING_WORDS.legal[standing.legal])];
  return [...rows(unfolding), ...rows(asking), ...legal, ...opinion(turn, standing)];
}

/** Asks Orienta for something. */
export function execute(
  title: string,
  verb: string,
  data: ExecuteButton['data'],
  associatedInputs: ExecuteButton['associatedInputs'] = 'none',
): ExecuteButton {
  return { type: 'Action.Execute', title, verb, data, associatedInputs };
}

/** A sentence on what was pressed. */
export function told(sentence: string): CardElement {
  return textBlock(sentence, { color: 'good', weight: 'bolder' });
}

function toggle(title: string, target: string): CardButton {
  return { type: 'Action.ToggleVisibility', title, targetElements: [target] };
}

function opinion(turn: string, { verdict }: Standing): readonly CardElement[] {
  if (verdict !== undefined) return [told(STANDING_WORDS.verdicts[verdict])];
  const buttons = VERDICTS.map((one) =>
    execute(CARD_WORDS.verdicts[one], VERBS.judge, { key: turn, verdict: one }),
  );
  return [textBlock(CARD_WORDS.useful, { size: 'small', spacing: 'medium' }), ...rows(buttons)];
}

function rows(buttons: readonly CardButton[]): readonly ActionSet[] {
  const sets: ActionSet[] = [];
  for (let first = 0; first < buttons.length; first += MOST_IN_A_ROW) {
    sets.push({ type: 'ActionSet', spacing: 'small', actions: buttons.slice(first, first + MOST_IN_A_ROW) });
  }
  return sets;
}
