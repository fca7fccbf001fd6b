import { findForeignNorms } from './find-foreign-norms.ts';
import type { NormMention } from './norm-mention.ts';
import { findCodes, type NormNames, sameCode } from './norm-names.ts';
import { mapSpans, type Span, type SpanMap } from './spans.ts';
import { isStopWord, stem } from './terms.ts';

/** The names of all norms, arranged for looking them up in a text. */
export interface KnownNorms {
  readonly all: readonly NormNames[];
  /** By the first stem of the name. */
  readonly names: ReadonlyMap<
    string,
    readonly { readonly name: readonly string[]; readonly norm: NormNames }[]
  >;
  /** Every stem of every name. */
  readonly stems: ReadonlySet<string>;
}

/** Arranges the names of norms once, for many texts. */
export function arrangeNorms(all: readonly NormNames[]): KnownNorms {
  const names = new Map<string, { readonly name: readonly string[]; readonly norm: NormNames }[]>();
  for (const norm of all) {
    for (const name of norm.names) {
      const first = name[0] ?? '';
      const same = names.get(first);
      if (same === undefined) names.set(first, [{ name, norm }]);
      else same.push({ name, norm });
    }
  }
  return { all, names, stems: new Set(all.flatMap((norm) => norm.names.flat())) };
}

/** The norms a folded text names by number or by name, in order; where two names overlap the longer one counts. */
export function findNorms(folded: string, known: KnownNorms): readonly NormMention[] {
  const taken = mapSpans(folded.length);
  const byNumber = findCodes(folded)
    .map(
      (code): NormMention => ({
        norms: inForceFirst(known.all.filter(({ codes }) => codes.some((other) => sameCode(code, other)))),
        by: 'number',
        familiar: false,
        start: code.start,
        end: code.end,
      }),
    )
    .filter(({ norms, start, end }) => norms.length > 0 || /[a-z]/.test(folded.slice(start, end)));
  for (const mention of byNumber) taken.take(mention);
  const names = locateNames(folded, known);
  const byName = claimNames(
    names.filter(({ length }) => length > 1),
    taken,
  );
  const byKind = findForeignNorms(folded, taken, known.stems);
  // One word comes last: "el código" is ours, and "código penal" is not.
  const byWord = claimNames(
    names.filter(({ length }) => length === 1),
    taken,
  );
  return [...byNumber, ...byName, ...byKind, ...byWord].sort((a, b) => a.start - b.start);
}

/** A place in a text where a name stands, and whose name it is. */
interface NameHit extends Span {
  /** Stems of the name. */
  readonly length: number;
  readonly norms: NormNames[];
}

function locateNames(folded: string, known: KnownNorms): readonly NameHit[] {
  const tokens = [...folded.matchAll(/[\p{L}\p{N}]+/gu)]
    .filter(([word]) => !isStopWord(word))
    .map((match) => ({ stem: stem(match[0]), start: match.index, end: match.index + match[0].length }));
  const hits = new Map<string, NameHit>();
  tokens.forEach((token, at) => {
    for (const { name, norm } of known.names.get(token.stem) ?? []) {
      if (!name.every((part, k) => tokens[at + k]?.stem === part)) continue;
      const end = tokens[at + name.length - 1]?.end ?? token.end;
      const key = `${token.start}-${end}`;
      const hit = hits.get(key) ?? { start: token.start, end, length: name.length, norms: [] };
      if (!hit.norms.includes(norm)) hit.norms.push(norm);
      hits.set(key, hit);
    }
  });
  return [...hits.values()].sort((a, b) => b.length - a.length);
}

/** The names whose place is free, the longer ones first; they take it. */
function claimNames(hits: readonly NameHit[], taken: SpanMap): readonly NormMention[] {
  const mentions: NormMention[] = [];
  for (const { start, end, norms } of hits) {
    if (!taken.isFree({ start, end })) continue;
    taken.take({ start, end });
    mentions.push({ start, end, norms: inForceFirst(norms), by: 'name', familiar: true });
  }
  return mentions;
}

function inForceFirst(norms: readonly NormNames[]): readonly string[] {
  return [...norms].sort((a, b) => Number(b.inForce) - Number(a.inForce)).map(({ id }) => id);
}
