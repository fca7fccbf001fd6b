import { speakingClaims } from '../../knowledge/knowledge.ts';
import type { Unit } from '../../knowledge/unit.ts';
import { stem, terms } from '../../retrieval/terms.ts';
import type { PolicyAction, PolicyRecord } from './policy-actions.ts';

/** Finds the actions that a few words describe; all of a line where they describe the line. Empty for none. */
export type TopicMatch = (said: string) => readonly PolicyAction[];

/** Share of the words' weight that has to be met. */
const ENOUGH = 0.6;
/** What is met nearly as well as the best belongs to the answer. */
const NEARLY = 0.9;
const MOST_ACTIONS = 8;
/** Words of the order itself, which tell no matter. */
const IDLE = new Set(
  [
    'accion',
    'acciones',
    'linea',
    'tema',
    'politica',
    'migratoria',
    'institucion',
    'entidad',
    'responsable',
    'quien',
  ].map(stem),
);
/** Stems that share so many letters are taken for one: "retorn", "retornad". */
const LETTERS = 5;

interface Shelf {
  readonly actions: readonly PolicyAction[];
  readonly stems: ReadonlySet<string>;
}

/** Reads the words of the policy once. */
export function createTopicMatch(policy: PolicyRecord): TopicMatch {
  const single = policy.actions.map(
    (action): Shelf => ({ actions: [action], stems: stemsOf(action.unit, false) }),
  );
  const lines = policy.lines.map(
    (line): Shelf => ({
      actions: policy.actions.filter((action) => action.line?.id === line.id),
      stems: stemsOf(line, true),
    }),
  );
  const weigh = createWeights([...single, ...lines]);
  return (said) => {
    const asked = [...new Set(terms(said))].filter((term) => !IDLE.has(term));
    const total = sum(asked.map(weigh));
    if (total === 0) return [];
    const met = ({ stems }: Shelf) => sum(asked.filter((term) => isMet(term, stems)).map(weigh)) / total;
    const best = bestOf(single, met);
    const bestLine = bestOf(lines, met);
    if (Math.max(best.score, bestLine.score) < ENOUGH) return [];
    // A line is described by more words than its actions: only where none of them is met as well does it count.
    if (best.score >= bestLine.score) return best.actions;
    const metBy = (action: PolicyAction) => met(single[policy.actions.indexOf(action)] ?? NONE);
    return bestLine.actions.toSorted((a, b) => metBy(b) - metBy(a));
  };
}

const NONE: Shelf = { actions: [], stems: new Set() };

function bestOf(shelves: readonly Shelf[], met: (shelf: Shelf) => number) {
  const scored = shelves.map((shelf) => ({ shelf, score: met(shelf) }));
  const score = Math.max(0, ...scored.map((one) => one.score));
  const near = scored.filter((one) => one.score >= score * NEARLY);
  return { score, actions: near.flatMap(({ shelf }) => shelf.actions).slice(0, MOST_ACTIONS) };
}

function stemsOf(unit: Unit, withQuestions: boolean): ReadonlySet<string> {
  const texts = [
    unit.title,
    ...speakingClaims(unit)
      .filter(({ part }) => part !== 'responsible')
      .map(({ text }) => text),
    ...(withQuestions ? unit.questions.es : []),
  ];
  return new Set(terms(texts.join(' ')));
}

/** A word that few parts of the policy hold tells more. */
function createWeights(shelves: readonly Shelf[]): (term: string) => number {
  return (term) => {
    const holding = shelves.filter(({ stems }) => isMet(term, stems)).length;
    return Math.log((shelves.length + 1) / (holding + 0.5));
  };
}

function isMet(term: string, stems: ReadonlySet<string>): boolean {
  if (stems.has(term)) return true;
  if (term.length < LETTERS) return false;
  return [...stems].some((one) => one.startsWith(term) || (one.length >= LETTERS && term.startsWith(one)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
