import { isArticleNumber } from '../knowledge/article-words.ts';
import { type Knowledge, speaks } from '../knowledge/knowledge.ts';
import type { Line, Norm, Unit } from '../knowledge/unit.ts';
import { unitPath } from '../knowledge/unit-path.ts';

/** What of the knowledge everybody may read. Pages get nothing else, so that no page can show a staff unit. */
export interface PublicView {
  readonly norms: readonly Norm[];
  /** The lines people can ring whose number a source confirms. */
  readonly lines: readonly Line[];
  /** Finds a public norm by id or alias. */
  norm(idOrAlias: string): Norm | undefined;
  /** The speaking units of a norm, the whole norm (`*`) left out; numbered articles first, in their order. */
  unitsOf(norm: string): readonly Unit[];
  /** A speaking unit by id. */
  unit(id: string): Unit | undefined;
  /** The norms it took the place of. */
  predecessorsOf(norm: Norm): readonly Norm[];
  /** The norms that took its place. */
  successorsOf(norm: Norm): readonly Norm[];
}

/** @returns the public part of the knowledge, read once */
export function createPublicView(knowledge: Knowledge): PublicView {
  const norms = [...knowledge.norms.values()].filter((norm) => norm.audience === 'public');
  const normById = new Map(norms.map((norm) => [norm.id, norm]));
  const find = (idOrAlias: string): Norm | undefined => normById.get(knowledge.norm(idOrAlias)?.id ?? '');
  const isPublic = (unit: Unit): boolean =>
    unit.audience === 'public' && knowledge.norm(unit.norm)?.audience !== 'staff' && speaks(unit);
  const unitById = new Map([...knowledge.units].filter(([, unit]) => isPublic(unit)));
  const findAll = (ids: readonly string[], self: Norm): readonly Norm[] => {
    const found = ids.map(find).filter((norm) => norm !== undefined && norm.id !== self.id);
    return [...new Set(found)].filter((norm) => norm !== undefined);
  };
  const namedBy = (norm: Norm, ids: (other: Norm) => readonly string[]): readonly string[] =>
    norms.filter((other) => ids(other).some((id) => find(id) === norm)).map((other) => other.id);

  return {
    norms,
    lines: knowledge.lines.filter((line) => line.confidence !== 'low'),
    norm: find,
    unitsOf: (norm) =>
      [...unitById.values()].filter((unit) => unit.norm === norm && unit.article !== '*').sort(byArticle),
    unit: (id) => unitById.get(id),
    predecessorsOf: (norm) =>
      findAll([...norm.replaces, ...namedBy(norm, (other) => other.validity.replacedBy ?? [])], norm),
    successorsOf: (norm) =>
      findAll([...(norm.validity.replacedBy ?? []), ...namedBy(norm, (other) => other.replaces)], norm),
  };
}

/** Path of a norm's own page. */
export function normPath(norm: Norm): string {
  return unitPath({ norm: norm.id, article: '*', kind: 'norm', title: norm.title, numberConfirmed: true });
}

/** What people call the norm. */
export function normName(norm: Norm): string {
  return norm.shortTitle ?? norm.title;
}

/** Whether the unit is an article whose number a source gave. */
export function hasNumber(unit: Unit): boolean {
  return unit.numberConfirmed && isArticleNumber(unit.article);
}

/** Numbered articles, then transitory ones, then what has no number; the file's order otherwise. */
function byArticle(a: Unit, b: Unit): number {
  return (
    place(a) - place(b) || a.article.localeCompare(b.article, 'es', { numeric: true }) * Number(place(a) < 2)
  );
}

function place(unit: Unit): number {
  if (!hasNumber(unit)) return 2;
  return unit.article.includes('transitorio') ? 1 : 0;
}
