import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import type { Defect } from './defect.ts';
import type { KnowledgeSource } from './knowledge-source.ts';
import { createLineLocator, type LineLocator } from './line-locator.ts';
import { explainIssue } from './schema-fault.ts';
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
  if (isBlank(source.text)) {
    const message = 'el archivo está vacío; escriba fichas (units) o bórrelo';
    return { ok: false, defects: [{ file: source.path, line: 1, message }] };
  }
  const lineOf = createLineLocator(source.text);
  let data: unknown;
  try {
    data = load(source.text, { schema: CORE_SCHEMA });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { ok: false, defects: [syntaxDefect(source.path, error)] };
  }
  const parsed = knowledgeFileSchema.safeParse(data);
  if (parsed.success) return { ok: true, file: { path: source.path, content: parsed.data, lineOf } };
  const defects = parsed.error.issues.map((issue): Defect => {
    const unit = idAround(data, issue.path);
    // A field that should not be there is not in the issue's own path.
    const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    return {
      file: source.path,
      line: lineOf([...issue.path, ...extra]),
      ...(unit === undefined ? {} : { unit }),
      message: explainIssue(issue, data),
    };
  });
  return { ok: false, defects };
}

function isBlank(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:#|$)/u.test(line));
}

function syntaxDefect(file: string, error: YAMLException): Defect {
  return {
    file,
    line: (error.mark?.line ?? 0) + 1,
    message: `el YAML no se puede leer (${error.reason}); revise sangría, comillas y dos puntos`,
  };
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
