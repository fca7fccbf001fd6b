import type { Defect } from './defect.ts';
import type { KnowledgeSource } from './knowledge-source.ts';
import { type ParsedFile, parseSource } from './parse-source.ts';

/** The files that keep to the schema, and the defects of those that do not. */
export interface ParsedSources {
  readonly files: readonly ParsedFile[];
  readonly defects: readonly Defect[];
}

/** Reads all texts; a faulty file does not keep the others from being looked at. */
export function parseSources(sources: readonly KnowledgeSource[]): ParsedSources {
  const results = sources.map(parseSource);
  return {
    files: results.flatMap((result) => (result.ok ? [result.file] : [])),
    defects: results.flatMap((result) => (result.ok ? [] : result.defects)),
  };
}
