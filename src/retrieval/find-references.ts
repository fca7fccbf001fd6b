import type { Knowledge } from '../knowledge/knowledge.ts';
import { speaks } from '../knowledge/knowledge.ts';
import type { Audience, Unit } from '../knowledge/unit.ts';
import { createReferenceParser, type Reference } from './parse-references.ts';

/** An article or norm that a question names and that we do not hold. */
export interface MissingReference {
  /** The norm's id; undefined when no norm was said, or one that we do not hold. */
  readonly norm: string | undefined;
  /** `*` for a norm as a whole. */
  readonly article: string;
}

/** What a question points at by number or name. */
export interface FoundReferences {
  /** Units that are meant without doubt, in the order they were named. */
  readonly exact: readonly Unit[];
  /** Units of other norms with the article's number, when no norm was said. */
  readonly alternatives: readonly Unit[];
  readonly missing: readonly MissingReference[];
  /** Norms named beside a question of its own: "¿qué dice la Constitución sobre el asilo?" */
  readonly norms: ReadonlySet<string>;
}

/** Looks the references of a question up; what the audience may not see counts as not held. */
export type ReferenceFinder = (question: string, audience: Audience) => FoundReferences;

/** The norm people mean when they say only "artículo 46". */
const usualNorm = 'codigo-migracion';

/** Prepares the look-up of references over all the knowledge. */
export function createReferenceFinder(knowledge: Knowledge): ReferenceFinder {
  const parse = createReferenceParser(knowledge.norms.values());
  const byArticle = indexByArticle(knowledge.units.values());
  return (question, audience) => {
    const { references, nothingElse } = parse(question);
    const found = { exact: [] as Unit[], alternatives: [] as Unit[], missing: [] as MissingReference[] };
    const norms = new Set<string>();
    const held = (article: string) =>
      (byArticle.get(article) ?? []).filter((unit) => audience === 'staff' || unit.audience === 'public');
    for (const reference of references) {
      for (const norm of reference.norms) norms.add(norm);
      if (reference.articles.length === 0) addWholeNorm(reference, held('*'), nothingElse, found);
      else for (const article of reference.articles) addArticle(reference, article, held(article), found);
    }
    return { ...found, norms };
  };
}

interface Findings {
  readonly exact: Unit[];
  readonly alternatives: Unit[];
  readonly missing: MissingReference[];
}

function addArticle(reference: Reference, article: string, held: readonly Unit[], found: Findings): void {
  if (reference.named === 'none') {
    const usual = held.filter(({ norm }) => norm === usualNorm);
    const others = held.filter(({ norm }) => norm !== usualNorm);
    const [first = undefined, ...rest] = [...usual, ...others];
    if (first === undefined) found.missing.push({ norm: undefined, article });
    else {
      found.exact.push(first);
      found.alternatives.push(...rest);
    }
    return;
  }
  const unit = reference.norms.flatMap((norm) => held.filter((held) => held.norm === norm))[0];
  if (unit === undefined) found.missing.push({ norm: reference.norms[0], article });
  else found.exact.push(unit);
}

function addWholeNorm(
  reference: Reference,
  held: readonly Unit[],
  nothingElse: boolean,
  found: Findings,
): void {
  const unit = reference.norms.flatMap((norm) => held.filter((held) => held.norm === norm))[0];
  if (unit === undefined) {
    if (reference.named !== 'name' || nothingElse)
      found.missing.push({ norm: reference.norms[0], article: '*' });
  } else if (nothingElse) found.exact.push(unit);
}

function indexByArticle(units: Iterable<Unit>): ReadonlyMap<string, readonly Unit[]> {
  const byArticle = new Map<string, Unit[]>();
  for (const unit of units) {
    // A number nobody confirmed leads nowhere: it would confirm itself by being found.
    if (!speaks(unit) || !unit.numberConfirmed) continue;
    const held = byArticle.get(unit.article);
    if (held === undefined) byArticle.set(unit.article, [unit]);
    else held.push(unit);
  }
  return byArticle;
}
