import type { Cite } from '../answering/cite.ts';
import { claimWords } from '../answering/claim-words.ts';
import { sourceHosts } from '../answering/source-hosts.ts';
import type { CompendiumHit, SearchCompendium } from '../channels/compendium-search.ts';
import { fold } from '../knowledge/fold.ts';
import { type Knowledge, speakingClaims, speaks } from '../knowledge/knowledge.ts';
import type { Audience, Unit } from '../knowledge/unit.ts';
import { Passage } from '../retrieval/passage.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import { words } from '../retrieval/terms.ts';
import { guatemalanDay } from './guatemalan-time.ts';
import { spellOut } from './staff/loose-reference.ts';

/** What searching needs. */
export interface SearchParts {
  readonly knowledge: Knowledge;
  readonly retriever: Retriever;
  readonly cite: Cite;
  readonly now: () => Date;
}

/** So many are found at most, whatever page is asked for: the order stays the same from page to page. */
const MOST_FOUND = 50;
/** Who searches chooses for themselves; below this nothing has to do with what was asked. */
const LEAST_SCORE = 0.25;
const MOST_STATEMENTS = 3;
const GUIDES: ReadonlySet<string> = new Set(['tramite', 'directorio']);

/** A unit and the words of its name. */
interface Entry {
  readonly unit: Unit;
  readonly name: readonly string[];
}

/** @returns a search for choosing among: names that begin as typed so far, then what the words mean */
export function createSearchCompendium(parts: SearchParts): SearchCompendium {
  const { knowledge, retriever, now } = parts;
  const usual = mostUsed(knowledge);
  const entries = wholeNorms(knowledge)
    .sort((a, b) => Number(isGone(a)) - Number(isGone(b)))
    .map((unit): Entry => ({ unit, name: nameWords(unit, knowledge) }));
  const titled = byTitle(knowledge);
  const isVisible = (audience: Audience) => (unit: Unit) =>
    audience === 'staff' || unit.audience === 'public';
  return async (query, { audience, skip, count }) => {
    const page = (units: readonly Unit[]) =>
      units
        .filter(isVisible(audience))
        .slice(skip, skip + count)
        .map((unit) => hitOf(unit, parts));
    const asked = words(query);
    if (asked.length === 0) return page(usual);
    const asOf = guatemalanDay(now());
    // A number alone is an article's: "46".
    const passages = await retriever.retrieve(/^\s*\d/.test(query) ? spellOut(query) : query, {
      limit: MOST_FOUND,
      audience,
      asOf,
    });
    const found = passages.filter(({ score }) => score >= LEAST_SCORE);
    const exact = found.filter(({ matches }) => matches.includes('reference'));
    const named = entries.filter(({ name }) =>
      asked.every((word) => name.some((one) => one.startsWith(word))),
    );
    const units = [...exact, ...(titled.get(asked.join(' ')) ?? []), ...named, ...found].map(
      ({ unit }) => unit,
    );
    return page([...new Set(units)].slice(0, MOST_FOUND));
  };
}

/** Units by their whole title, folded. */
function byTitle(knowledge: Knowledge): ReadonlyMap<string, readonly Pick<Entry, 'unit'>[]> {
  const titled = new Map<string, Pick<Entry, 'unit'>[]>();
  for (const unit of knowledge.units.values()) {
    const title = words(unit.title).join(' ');
    if (speaks(unit)) titled.set(title, [...(titled.get(title) ?? []), { unit }]);
  }
  return titled;
}

function hitOf(unit: Unit, { cite, now }: SearchParts): CompendiumHit {
  const citation = cite(new Passage(unit, 1, ['reference']), { asOf: guatemalanDay(now()) }).shown();
  const claims = speakingClaims(unit).filter(({ part }) => part !== 'basis');
  const said = unit.audience === 'public' ? claims.slice(0, MOST_STATEMENTS) : [];
  return {
    citation,
    title: unit.title,
    words: said.map(claimWords),
    sources: sourceHosts(said.flatMap(({ sources }) => sources)),
  };
}

/** Norms in force, those first that most units belong to or point at. */
function mostUsed(knowledge: Knowledge): readonly Unit[] {
  const uses = new Map<string, number>();
  const count = (norm: string) => uses.set(norm, (uses.get(norm) ?? 0) + 1);
  for (const unit of knowledge.units.values()) {
    count(unit.norm);
    for (const seen of unit.see) count(seen.slice(0, seen.indexOf('/')));
  }
  return wholeNorms(knowledge)
    .filter(({ validity: { status } }) => status === 'vigente' || status === 'reformado')
    .sort((a, b) => (uses.get(b.norm) ?? 0) - (uses.get(a.norm) ?? 0));
}

function isGone({ validity: { status } }: Unit): boolean {
  return status === 'derogado' || status === 'anulado';
}

function wholeNorms(knowledge: Knowledge): Unit[] {
  return [...knowledge.units.values()].filter(
    (unit) => unit.article === '*' && !GUIDES.has(unit.norm) && speaks(unit),
  );
}

function nameWords(unit: Unit, knowledge: Knowledge): readonly string[] {
  const norm = knowledge.norm(unit.norm);
  const names = [unit.title, norm?.title, norm?.shortTitle, norm?.number, ...unit.aliases];
  return names.flatMap((name) => words(fold(name ?? '')));
}
