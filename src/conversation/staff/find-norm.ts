import { fold } from '../../knowledge/fold.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { Audience, Norm } from '../../knowledge/unit.ts';
import { nameStems } from '../../retrieval/norm-names.ts';
import { createReferenceParser } from '../../retrieval/parse-references.ts';
import { spellOut } from './loose-reference.ts';
import { type Named, nearNames, slipOf } from './near-names.ts';

/** What a few words name. */
export interface NormQuery {
  /** Those that the words can mean, the likeliest first; empty when none was named, or none that is held. */
  readonly norms: readonly Norm[];
  /** Numbers of articles; empty for the norm as a whole. */
  readonly articles: readonly string[];
  /** How surely a norm was named: by number or whole name, by some of its words, or not at all. */
  readonly named: 'surely' | 'loosely' | 'unknown' | 'none';
}

/** Reads norms and articles out of loose writing: "46 reglamento visas", "Decreto 95 98", "cod. migrasion". */
export interface NormFinder {
  find(said: string, audience: Audience): NormQuery;
  /** What is called nearly so. */
  near(said: string, audience: Audience): readonly Norm[];
}

/** Guides and the directory are no norms, although they are cited like one. */
const GUIDES: ReadonlySet<string> = new Set(['tramite', 'directorio']);
const MOST_NEAR = 4;
/** Kinds to try before a bare number such as 95-98. */
const KINDS = ['decreto', 'decreto ley', 'acuerdo gubernativo', 'acuerdo', 'acuerdo amn', 'acuerdo igm'];

/** Prepares finding over all norms. */
export function createNormFinder(knowledge: Knowledge): NormFinder {
  const all = [...knowledge.norms.values()].filter(({ id }) => !GUIDES.has(id));
  const parser = createReferenceParser(all);
  const named = all.map((norm): Named<Norm> => ({ value: norm, names: namesOf(norm, knowledge) }));
  const isMet = createWordMatch(named);
  const visible = (audience: Audience) => (norm: Norm) => audience === 'staff' || norm.audience === 'public';

  const read = (text: string, audience: Audience): NormQuery => {
    const { references } = parser.parse(text);
    const reference = references.find(({ norms }) => norms.length > 0) ?? references[0];
    const norms = (reference?.norms ?? [])
      .map((id) => knowledge.norm(id))
      .filter((norm) => norm !== undefined)
      .filter(visible(audience));
    const articles = [...new Set(references.flatMap((one) => one.articles))];
    const isUnknown = reference !== undefined && reference.named === 'unknown';
    return { norms, articles, named: norms.length > 0 ? 'surely' : isUnknown ? 'unknown' : 'none' };
  };

  return {
    find: (said, audience) => {
      const text = spellOut(said);
      const tried = [text, ...(/^\d/.test(text) ? KINDS.map((kind) => `${kind} ${text}`) : [])];
      const found = tried.map((one) => read(one, audience)).find(({ norms }) => norms.length > 0);
      if (found !== undefined) return found;
      const plain = read(text, audience);
      const words = withoutArticle(text);
      const loose = isMet(words).filter(visible(audience));
      if (loose.length > 0) return { ...plain, norms: loose, named: 'loosely' };
      const slip = slipOf(words, named);
      if (slip === undefined || !visible(audience)(slip)) return plain;
      return { ...plain, norms: [slip], named: 'loosely' };
    },
    near: (said, audience) =>
      nearNames(withoutArticle(spellOut(said)), named, MOST_NEAR).filter(visible(audience)),
  };
}

/** Norms all of whose asked words stand in one of their names, those in force and named most nearly first. */
function createWordMatch(named: readonly Named<Norm>[]): (text: string) => readonly Norm[] {
  const arranged = named.map(({ value, names }) => ({ norm: value, names: names.map(nameStems) }));
  return (text) => {
    const asked = nameStems(text);
    if (asked.length === 0) return [];
    return arranged
      .flatMap(({ norm, names }) => {
        const lengths = names
          .filter((name) => asked.every((stem) => name.includes(stem)))
          .map(({ length }) => length);
        return lengths.length === 0 ? [] : [{ norm, length: Math.min(...lengths) }];
      })
      .sort((a, b) => Number(isGone(a.norm)) - Number(isGone(b.norm)) || a.length - b.length)
      .map(({ norm }) => norm);
  };
}

function namesOf({ id, title, shortTitle, number, aliases }: Norm, knowledge: Knowledge): readonly string[] {
  const whole = knowledge.units.get(`${id}/*`);
  const names = [shortTitle, title, number, ...aliases, ...(whole?.aliases ?? []), whole?.acronym];
  return names.filter((name) => name !== undefined).map((name) => name.replaceAll('-', ' '));
}

function isGone({ validity: { status } }: Norm): boolean {
  return status === 'derogado' || status === 'anulado';
}

/** The words that can name a norm: without the article asked for. */
function withoutArticle(text: string): string {
  return fold(text)
    .replace(/\barticulos?\s+\d[\d\s,y-]*(?:bis|ter|quater|transitorio)?/g, ' ')
    .trim();
}
