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
  export: 'orienta.exportar',
  copy: 'orienta.copiar',
  askLegal: 'orienta.preguntar-juridico',
  answerLegal: 'orienta.responder-juridico',
} as const;

/** What a phone shows in a row without cutting a title. */
const MOST_IN_A_ROW = 3;
const LETTERS_IN_A_ROW = 34;
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
    ...(reply.citations.length === 0 ? [] : [execute(CARD_WORDS.cite, VERBS.cite, { occasion: turn })]),
    ...(rules.legal && standing.legal === undefined
      ? [execute(CARD_WORDS.askLegal, VERBS.askLegal, { occasion: turn })]
      : []),
  ];
  // Their words are long: on a phone a third beside them would be cut.
  const taking = [
    ...(reply.blocks.some(({ kind }) => kind === 'table')
      ? [execute(CARD_WORDS.export, VERBS.export, { occasion: turn })]
      : []),
    ...(reply.kind === 'answer' && reply.citations.length > 0
      ? [execute(CARD_WORDS.copy, VERBS.copy, { occasion: turn })]
      : []),
  ];
  const legal = standing.legal === undefined ? [] : [told(STANDING_WORDS.legal[standing.legal])];
  return [...rows(unfolding), ...rows(asking), ...rows(taking), ...legal, ...opinion(turn, standing)];
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
  return textBlock(sentence, { weight: 'bolder' });
}

function toggle(title: string, target: string): CardButton {
  return { type: 'Action.ToggleVisibility', title, targetElements: [target] };
}

function opinion(turn: string, { verdict }: Standing): readonly CardElement[] {
  if (verdict !== undefined) return [told(STANDING_WORDS.verdicts[verdict])];
  const buttons = VERDICTS.map((one) =>
    execute(CARD_WORDS.verdicts[one], VERBS.judge, { occasion: turn, verdict: one }),
  );
  return [textBlock(CARD_WORDS.useful, { size: 'small', spacing: 'medium' }), ...rows(buttons)];
}

/** Buttons in as few rows as a phone shows whole, in their order. */
function rows(buttons: readonly CardButton[]): readonly ActionSet[] {
  const filled: CardButton[][] = [];
  for (const button of buttons) {
    const row = filled.at(-1);
    if (row !== undefined && fits([...row, button])) row.push(button);
    else filled.push([button]);
  }
  return filled.map((actions) => ({ type: 'ActionSet', spacing: 'small', actions }));
}

function fits(row: readonly CardButton[]): boolean {
  const letters = row.reduce((sum, { title }) => sum + title.length, 0);
  return row.length <= MOST_IN_A_ROW && letters <= LETTERS_IN_A_ROW;
}
