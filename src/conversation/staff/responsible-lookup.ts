import { claimWords } from '../../answering/claim-words.ts';
import { speakingClaims } from '../../knowledge/knowledge.ts';
import type { Unit } from '../../knowledge/unit.ts';
import { NEAR_ENOUGH } from '../../retrieval/passage.ts';
import type { Retriever } from '../../retrieval/retriever.ts';
import { actionsAt, caveatBlocks, linesOf, type PolicyLookupParts } from './actions-lookup.ts';
import { type DeskAnswer, type DeskLimits, type Lookup, notHeld } from './desk-answer.ts';
import type { PolicyAction } from './policy-actions.ts';
import { actionsTable, NOBODY, partyName } from './policy-words.ts';
import { createTopicMatch } from './topic-match.ts';

/** What looking up who answers needs. */
export interface ResponsibleLookupParts extends PolicyLookupParts {
  readonly retriever: Retriever;
  /** Answers for an institution's name: `responsable MINEX` asks for its actions. */
  readonly actions: Lookup;
}

/** Lines to choose among, as many as there are single digits. */
const MOST_CHOICES = 9;
/** Passages among which one of the policy is looked for. */
const LOOKED_AT = 5;
const USAGE =
  'Escriba por qué acción o tema pregunta. Por ejemplo: responsable albergar niñez no acompañada.';

/** Answers "responsable <acción o tema>": who answers for it, who is linked, and on which record that rests. */
export function createResponsibleLookup(parts: ResponsibleLookupParts): Lookup {
  const { policy, institutions } = parts;
  const match = createTopicMatch(policy);
  return async (argument, limits) => {
    if (argument === '') return notHeld(USAGE, '', []);
    const placed = actionsAt(argument, parts);
    if (placed.length > 0) return answerOf(placed, parts);
    if (institutions.official(argument) !== undefined) return parts.actions(argument, limits);
    const matched = match(argument);
    if (matched.length > 0) return answerOf(matched, parts);
    const near = await retrieved(argument, limits, parts);
    if (near.length > 0) return answerOf(near, parts);
    return notHeld(
      `No encontré en la Política Migratoria una acción ni un tema «${argument}».`,
      'Algunas de sus líneas. Escriba el número de una:',
      policy.lines
        .slice(0, MOST_CHOICES)
        .map((line) => ({ label: line.title, ask: `responsable ${codeOf(line)}` })),
    );
  };
}

function answerOf(actions: readonly PolicyAction[], parts: PolicyLookupParts): DeskAnswer {
  const [action] = actions;
  if (action === undefined || actions.length > 1) return tableAnswer(actions, parts);
  const { unit, line, axis, responsible, linked } = action;
  const place = [
    `Acción: ${unit.title}.`,
    line === undefined ? undefined : `Línea: ${line.title}.`,
    axis === undefined ? undefined : `Eje: ${axis.title}.`,
  ];
  const done = speakingClaims(unit).filter(({ part }) => part !== 'responsible' && part !== 'basis');
  const entry = responsible?.institution;
  return {
    kind: 'answer',
    blocks: [
      {
        kind: 'paragraph',
        text: `Responsable: ${responsible === undefined ? NOBODY : partyName(responsible)}.`,
        worth: 'lead',
      },
      ...(linked.length === 0
        ? []
        : [
            {
              kind: 'list',
              title: 'Vinculadas:',
              ordered: false,
              items: linked.map(partyName),
              worth: 'lead',
            } as const,
          ]),
      { kind: 'paragraph', text: place.filter((part) => part !== undefined).join(' ') },
      ...(done.length === 0 ? [] : [{ kind: 'paragraph', text: done.map(claimWords).join(' ') } as const]),
      ...caveatBlocks(actions, parts.policy),
    ],
    units: entry === undefined ? [unit] : [unit, entry],
    topic: unit.title,
  };
}

function tableAnswer(actions: readonly PolicyAction[], { policy }: PolicyLookupParts): DeskAnswer {
  const lines = linesOf(actions);
  return {
    kind: 'answer',
    blocks: [actionsTable('Quién responde por cada acción:', actions), ...caveatBlocks(actions, policy)],
    units: lines,
    topic: lines.map(({ title }) => title).join(', '),
  };
}

/** What the search over all knowledge finds of the policy: it knows more words for a matter than its titles do. */
async function retrieved(
  argument: string,
  { audience, asOf }: DeskLimits,
  { retriever, policy }: ResponsibleLookupParts,
): Promise<readonly PolicyAction[]> {
  const passages = await retriever.retrieve(argument, { limit: LOOKED_AT, audience, asOf });
  const found = passages
    .filter(({ score }) => score >= NEAR_ENOUGH)
    .map(({ unit }) =>
      policy.actions.filter((action) => action.unit.id === unit.id || action.line?.id === unit.id),
    )
    .find((actions) => actions.length > 0);
  return found ?? [];
}

/** "e1-b": the place by which a line is found again. */
function codeOf({ article }: Unit): string {
  return article;
}
