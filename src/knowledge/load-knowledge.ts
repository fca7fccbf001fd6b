import { FaultsError } from '../errors.ts';
import { applyRules, STRUCTURE_RULES } from './check-rules.ts';
import { articleOf, buildCorpus, type Corpus, normOf } from './corpus.ts';
import { describeDefect } from './defect.ts';
import type { Knowledge } from './knowledge.ts';
import { readKnowledgeSources, versionOf } from './knowledge-source.ts';
import { parseSources } from './parse-sources.ts';
import type { Line, Norm, Unit, UnitRecord } from './unit.ts';

/**
 * Reads the whole knowledge folder, fills in what falls back to the norm, and freezes it.
 * @throws {FaultsError} `KNOWLEDGE_INVALID` listing every fault as `file:line: message`
 * @throws {Error} the file system's own error when the folder cannot be read
 */
export async function loadKnowledge(dir: string): Promise<Knowledge> {
  const sources = await readKnowledgeSources(dir);
  const { files, defects } = parseSources(sources);
  const corpus = buildCorpus(files);
  // A file that could not be read leaves holes that the rules would report as faults of the others.
  const faults = defects.length > 0 ? defects : applyRules(STRUCTURE_RULES, corpus);
  if (faults.length > 0) {
    throw new FaultsError(
      'KNOWLEDGE_INVALID',
      'El conocimiento tiene fallas. Corrija estos archivos:',
      faults.map(describeDefect),
    );
  }
  return assembleKnowledge({
    version: versionOf(sources),
    norms: corpus.placedNorms.map(({ norm }) => norm),
    units: completeUnits(corpus),
    lines: corpus.files.flatMap((file) => file.content.lines),
  });
}

/** What a knowledge is made of once every unit is complete. */
export interface KnowledgeContent {
  readonly version: string;
  readonly norms: readonly Norm[];
  readonly units: readonly Unit[];
  readonly lines: readonly Line[];
}

/** Joins complete norms, units and lines into the frozen whole. */
export function assembleKnowledge({ version, norms, units, lines }: KnowledgeContent): Knowledge {
  const byId = new Map(norms.map((norm) => [norm.id, deepFreeze(norm)]));
  const byAlias = new Map([...byId.values()].flatMap((norm) => norm.aliases.map((alias) => [alias, norm])));
  return Object.freeze({
    version,
    norms: byId,
    units: new Map(units.map((unit) => [unit.id, deepFreeze(unit)])),
    lines: deepFreeze(lines),
    norm: (idOrAlias: string) => byId.get(idOrAlias) ?? byAlias.get(idOrAlias),
  });
}

function completeUnits(corpus: Corpus): readonly Unit[] {
  const norms = new Map(corpus.placedNorms.map(({ norm }) => [norm.id, norm]));
  return corpus.placedUnits.flatMap(({ unit }) => {
    const norm = norms.get(normOf(unit.id));
    return norm === undefined ? [] : [complete(unit, norm)];
  });
}

function complete(record: UnitRecord, norm: Norm): Unit {
  return {
    ...record,
    norm: norm.id,
    article: articleOf(record),
    // The narrower of the two: nothing of an internal norm is public.
    audience: norm.audience === 'staff' ? 'staff' : record.audience,
    validity: record.validity ?? norm.validity,
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
