import { fold } from '../knowledge/fold.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { speaks } from '../knowledge/knowledge.ts';
import type { Audience, Unit } from '../knowledge/unit.ts';
import { createFindPolicyCodes } from './find-policy-codes.ts';
import { createReferenceParser, type Reference } from './parse-references.ts';

/** An article or norm that a question names and that we do not hold. */
export interface MissingReference {
  /** The norm's id; undefined when no norm was said, or one that we do not hold. */
  readonly norm: string | undefined;
  /** The norm in the question's own words; undefined when none was said. */
  readonly said: string | undefined;
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

/** A unit under one of the articles it states. */
interface Holding {
  readonly norm: string;
  readonly unit: Unit;
}

interface Findings {
  readonly exact: Unit[];
  readonly alternatives: Unit[];
  readonly missing: MissingReference[];
}

/** The norm people mean when they say only "artículo 46". */
const usualNorm = 'codigo-migracion';

/** Prepares the look-up of references over all the knowledge. */
export function createReferenceFinder(knowledge: Knowledge): ReferenceFinder {
  const { parse } = createReferenceParser(knowledge.norms.values());
  const units = [...knowledge.units.values()].filter(speaks);
  const byArticle = indexByArticle(units);
  const normsWithUnits = new Set(
    units.filter(({ audience }) => audience === 'public').map(({ norm }) => norm),
  );
  const findPolicyCodes = createFindPolicyCodes(units);
  return (question, audience) => {
    const may = (unit: Unit) => audience === 'staff' || unit.audience === 'public';
    const held = (article: string) => (byArticle.get(article) ?? []).filter(({ unit }) => may(unit));
    const { references, nothingElse } = parse(question);
    const policy = findPolicyCodes(fold(question)).filter(may);
    const found: Findings = { exact: [...policy], alternatives: [], missing: [] };
    const norms = new Set<string>();
    for (const reference of references) {
      for (const norm of reference.norms) norms.add(norm);
      if (reference.articles.length > 0) {
        for (const article of reference.articles) addArticle(reference, article, held(article), found);
        continue;
      }
      const whole = firstOf(reference.norms, held('*'));
      // "El eje 1 de la política migratoria" asks for the axis.
      if (whole !== undefined) {
        if (nothingElse && policy.length === 0) found.exact.push(whole);
      } else if (!reference.norms.some((norm) => normsWithUnits.has(norm)))
        addMissingNorm(reference, nothingElse, found);
    }
    return { ...found, norms };
  };
}

function firstOf(norms: readonly string[], held: readonly Holding[]): Unit | undefined {
  return norms.flatMap((norm) => held.filter((holding) => holding.norm === norm))[0]?.unit;
}

function addArticle(reference: Reference, article: string, held: readonly Holding[], found: Findings): void {
  if (reference.named === 'none') {
    const usual = held.filter(({ norm }) => norm === usualNorm);
    const others = held.filter(({ norm }) => norm !== usualNorm);
    const [first = undefined, ...rest] = [...usual, ...others];
    if (first === undefined) found.missing.push({ norm: undefined, said: undefined, article });
    else {
      found.exact.push(first.unit);
      found.alternatives.push(...rest.map(({ unit }) => unit));
    }
    return;
  }
  const unit = firstOf(reference.norms, held);
  if (unit === undefined) found.missing.push({ norm: reference.norms[0], said: reference.said, article });
  else found.exact.push(unit);
}

function addMissingNorm(reference: Reference, nothingElse: boolean, found: Findings): void {
  if (reference.named === 'name' && !nothingElse) return;
  found.missing.push({ norm: reference.norms[0], said: reference.said, article: '*' });
}

/** The units by article number: those of that very number first, then ranges it lies in, then what states it besides. */
function indexByArticle(units: readonly Unit[]): ReadonlyMap<string, readonly Holding[]> {
  const byArticle = new Map<string, Holding[]>();
  const add = (article: string, norm: string, unit: Unit) => {
    const held = byArticle.get(article);
    if (held === undefined) byArticle.set(article, [{ norm, unit }]);
    else held.push({ norm, unit });
  };
  // A number nobody confirmed leads nowhere: it would confirm itself by being found.
  const confirmed = units.filter(({ numberConfirmed }) => numberConfirmed);
  for (const unit of confirmed) add(unit.article, unit.norm, unit);
  for (const unit of confirmed)
    for (const article of articlesWithin(unit.article)) add(article, unit.norm, unit);
  for (const unit of units) {
    for (const { norm, articles } of unit.alsoArticleOf) {
      for (const article of articles) add(article, norm, unit);
    }
  }
  return byArticle;
}

const longestRange = 50;

/** Every number of a range such as "75-77"; none for a single article. */
function articlesWithin(article: string): readonly string[] {
  const range = /^(\d{1,3})-(\d{1,3})$/.exec(article);
  const first = Number(range?.[1]);
  const last = Number(range?.[2]);
  if (range === null || last < first || last - first > longestRange) return [];
  return Array.from({ length: last - first + 1 }, (_, at) => String(first + at));
}
