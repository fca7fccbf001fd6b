import type { Knowledge } from '#src/knowledge/knowledge.ts';
import { type Norm, normSchema, type Unit, unitSchema, type Validity } from '#src/knowledge/unit.ts';

/** What a test says of a unit; the rest gets the schema's defaults. */
export type UnitDraft = { readonly id: string; readonly validity?: Validity } & Record<string, unknown>;

/** A unit as the loader would give it. */
export function buildUnit(draft: UnitDraft): Unit {
  const record = unitSchema.parse({ kind: 'article', title: 'Ficha de prueba', ...draft });
  const slash = record.id.indexOf('/');
  const article = record.article ?? record.id.slice(slash + 1);
  const validity = record.validity ?? { status: 'vigente' as const };
  return { ...record, norm: record.id.slice(0, slash), article, validity };
}

/** One claim with a source. */
export function buildClaim(
  id: string,
  text: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return { id, text, confidence: 'high', sources: ['fuente.example/pagina'], ...more };
}

/** A norm as the loader would give it. */
export function buildNorm(draft: { readonly id: string } & Record<string, unknown>): Norm {
  return normSchema.parse({
    title: `Norma ${draft.id}`,
    number: 'Decreto 1-2000',
    issuer: 'Congreso de la República',
    validity: { status: 'vigente' },
    confidence: 'high',
    ...draft,
  });
}

/** Knowledge made of these norms and units alone. */
export function buildKnowledge(norms: readonly Norm[], units: readonly Unit[]): Knowledge {
  const byId = new Map(norms.map((norm) => [norm.id, norm]));
  const byAlias = new Map(norms.flatMap((norm) => norm.aliases.map((alias) => [alias, norm] as const)));
  return {
    version: 'test',
    norms: byId,
    units: new Map(units.map((unit) => [unit.id, unit])),
    lines: [],
    norm: (idOrAlias) => byId.get(idOrAlias) ?? byAlias.get(idOrAlias),
  };
}
