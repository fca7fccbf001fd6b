import type { PolicyAction, ShownCitation } from '../../answering/citation.ts';
import { type CardElement, textBlock } from './card-elements.ts';
import { cardLine, cardLink } from './card-text.ts';
import { CARD_WORDS, capital, reviewWords } from './card-words.ts';

/** Sources named under the words of a norm; the page has them all. */
const MOST_SOURCES = 3;

/** What an answer rests on: links, each with its validity and review, and who answers for a policy action. */
export function cardCitations(citations: readonly ShownCitation[]): readonly CardElement[] {
  if (citations.length === 0) return [];
  return [
    {
      type: 'Container',
      separator: true,
      spacing: 'medium',
      items: [
        textBlock(CARD_WORDS.citations, { weight: 'bolder', style: 'heading', size: 'small' }),
        ...citations.flatMap(citationElements),
      ],
    },
  ];
}

/** The words of what is cited, each under its name; empty when none are known. */
export function cardWording(citations: readonly ShownCitation[]): readonly CardElement[] {
  return citations.flatMap(({ label, wording, review }) => {
    if (wording === undefined) return [];
    const sources = wording.sources.slice(0, MOST_SOURCES).join(', ');
    const origin = sources === '' ? '' : `: ${sources}`;
    return [
      textBlock(cardLine(label), { weight: 'bolder', spacing: 'medium' }),
      ...wording.statements.map((statement) => textBlock(cardLine(statement), { spacing: 'small' })),
      textBlock(cardLine(`${wordingNote(review.state)}${capital(reviewWords(review))}${origin}.`), {
        size: 'small',
        isSubtle: true,
        spacing: 'small',
      }),
    ];
  });
}

/** Who answers for the policy's actions that are cited, action by action; empty where none are. */
export function cardActions(citations: readonly ShownCitation[]): readonly CardElement[] {
  return citations.flatMap(({ actions = [] }) => actions.flatMap(actionElements));
}

/** Whether what is cited are norms or their articles, and not guides and directory entries. */
export function citesNorm(citations: readonly ShownCitation[]): boolean {
  return citations.some(({ stateWords }) => stateWords !== undefined);
}

function citationElements(citation: ShownCitation): readonly CardElement[] {
  const { label, url, stateWords, review, validity } = citation;
  const isGone = validity.status === 'derogado' || validity.status === 'anulado';
  const state = capital([stateWords, reviewWords(review)].filter((words) => words !== undefined).join('; '));
  return [
    textBlock(cardLink(label, url), { spacing: 'small' }),
    textBlock(cardLine(`${state}.`), {
      size: 'small',
      spacing: 'none',
      ...(isGone ? { color: 'attention' as const } : { isSubtle: true as const }),
    }),
  ];
}

function actionElements({ title, responsible, linked }: PolicyAction): readonly CardElement[] {
  return [
    textBlock(cardLine(title), { weight: 'bolder', spacing: 'medium' }),
    ...(responsible === undefined
      ? []
      : [textBlock(cardLine(`Responsable: ${responsible}.`), { spacing: 'none' })]),
    ...(linked.length === 0
      ? []
      : [textBlock(cardLine(`Instituciones vinculadas: ${linked.join(', ')}.`), { spacing: 'none' })]),
  ];
}

/** Until the official text is loaded the words are Orienta's own, and that is said. */
function wordingNote(state: ShownCitation['review']['state']): string {
  return state === 'fuente-publica' ? 'No es la letra oficial, que todavía no está cargada. ' : '';
}
