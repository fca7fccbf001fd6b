import type { Defect } from './defect.ts';
import type { KnowledgeSource } from './knowledge-source.ts';
import type { LineLocator } from './line-locator.ts';
import { parseYaml } from './parse-yaml.ts';
import { type KnowledgeFile, knowledgeFileSchema } from './unit.ts';

/** A knowledge file that keeps to the schema. */
export interface ParsedFile {
  readonly path: string;
  readonly content: KnowledgeFile;
  readonly lineOf: LineLocator;
}

/** A file, or what keeps it from being one. */
export type ParseResult =
  | { readonly ok: true; readonly file: ParsedFile }
  | { readonly ok: false; readonly defects: readonly Defect[] };

/** Reads one YAML text against the schema. Never throws for what is written in it. */
export function parseSource(source: KnowledgeSource): ParseResult {
  const result = parseYaml(source, knowledgeFileSchema, idAround);
  if (!result.ok) return result;
  return { ok: true, file: { path: source.path, content: result.content, lineOf: result.lineOf } };
}

function idAround(data: unknown, path: readonly PropertyKey[]): string | undefined {
  const [list, index] = path;
  if (list === undefined || index === undefined || typeof data !== 'object' || data === null)
    return undefined;
  const entries: unknown = Reflect.get(data, list);
  const entry: unknown = Array.isArray(entries) ? entries[Number(index)] : undefined;
  if (typeof entry !== 'object' || entry === null || !('id' in entry)) return undefined;
  return typeof entry.id === 'string' ? entry.id : undefined;
}
