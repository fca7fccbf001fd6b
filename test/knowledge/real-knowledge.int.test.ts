import { beforeAll, expect, test } from 'vitest';
import { checkKnowledge } from '#src/knowledge/check-knowledge.ts';
import { describeDefect } from '#src/knowledge/defect.ts';
import { type Knowledge, speakingClaims, speaks } from '#src/knowledge/knowledge.ts';
import { loadKnowledge } from '#src/knowledge/load-knowledge.ts';
import { knowledgeDir } from '#src/paths.ts';
import ids from './ids.json' with { type: 'json' };

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await loadKnowledge(knowledgeDir);
});

/** Numbers that were deduced from the order of the Código, not read in any source. */
const DEDUCED = ['7', '83', '84', '113', '117', '176-187'];

test('the knowledge has no defects', async () => {
  const { defects } = await checkKnowledge(knowledgeDir);
  expect(defects.map(describeDefect)).toEqual([]);
});

test('every unit that must exist can be cited by its norm and article', () => {
  const known = new Set(
    [...knowledge.units.values()].map(({ norm, article }) => JSON.stringify([norm, article])),
  );
  const missing = ids.filter(({ norm, article }) => {
    const current = knowledge.norm(norm)?.id ?? norm;
    return !known.has(JSON.stringify([current, article]));
  });
  expect(ids).toHaveLength(443);
  expect(missing).toEqual([]);
});

test.each(DEDUCED)('the deduced article number %s is marked and nowhere shown', (number) => {
  const unit = knowledge.units.get(`codigo-migracion/${number}`);
  expect(unit?.numberConfirmed).toBe(false);
  const texts = [unit?.title ?? '', ...(unit?.plain ?? []), ...(unit?.claims ?? []).map(({ text }) => text)];
  for (const text of texts) expect(text).not.toMatch(new RegExp(`(?<![\\d-])${number}(?![\\d-])`));
});

test('no claim of low confidence speaks, and a unit with nothing else is silent', () => {
  const spoken = [...knowledge.units.values()].flatMap((unit) => speakingClaims(unit));
  expect(spoken.length).toBeGreaterThan(1_000);
  expect(spoken.filter(({ confidence }) => confidence === 'low')).toEqual([]);
  for (const id of ['codigo-migracion/7', 'codigo-migracion/83', 'codigo-migracion/113']) {
    const unit = knowledge.units.get(id);
    expect(unit !== undefined && speaks(unit), id).toBe(false);
  }
});

test('a claim that another source contradicts says so openly', () => {
  const contested = [...knowledge.units.values()].flatMap(({ id, claims }) =>
    claims.filter(({ conflict }) => conflict).map(({ text }) => ({ id, text })),
  );
  expect(contested.length).toBeGreaterThanOrEqual(10);
  for (const { id, text } of contested) expect(text, id).toMatch(/pregunte|confirme|dos fuentes|otra/iu);
});

test('what a repealed regulation said is marked as repealed or to be confirmed', () => {
  const statusOf = (id: string) => knowledge.units.get(id)?.validity.status;
  expect(statusOf('reglamento-general/1')).toBe('derogado');
  expect(statusOf('reglamento-residencias/1')).toBe('derogado');
  expect(statusOf('reglamento-residencias/cuando-pedir-la-prorroga')).toBe('por-confirmar');
  expect(statusOf('reglamento-visas/aerolineas-y-visas')).toBe('anulado');
  expect(statusOf('reglamento-residencias/tipos-de-trabajador-migrante-2025')).toBe(
    knowledge.norm('reglamento-residencias')?.validity.status,
  );
});

test('every chain of successors ends in a norm in force', () => {
  const chains = [...knowledge.norms.values()].flatMap(({ id, validity }) =>
    (validity.replacedBy ?? []).map((next) => ({ id, next })),
  );
  const units = [...knowledge.units.values()].flatMap(({ id, validity }) =>
    (validity.replacedBy ?? []).map((next) => ({ id, next })),
  );
  const endsOf = (id: string, seen: readonly string[]): readonly string[] => {
    const next = knowledge.norm(id)?.validity.replacedBy ?? [];
    if (next.length === 0 || seen.includes(id)) return [id];
    return next.flatMap((successor) => endsOf(successor, [...seen, id]));
  };
  expect(chains.length).toBeGreaterThan(15);
  for (const { id, next } of [...chains, ...units]) {
    for (const end of endsOf(next, [])) {
      expect(['vigente', 'reformado'], `${id} → ${end}`).toContain(knowledge.norm(end)?.validity.status);
    }
  }
});

test('a whole norm says what it is before anything else, and leaves its validity to the validity', () => {
  for (const { id, claims, kind } of knowledge.units.values()) {
    if (kind !== 'norm') continue;
    for (const { text } of claims) expect(text, id).not.toMatch(/ya no se aplica|hoy rige/iu);
  }
});
