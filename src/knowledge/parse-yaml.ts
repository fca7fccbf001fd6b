import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import type { z } from 'zod';
import type { Defect } from './defect.ts';
import type { KnowledgeSource } from './knowledge-source.ts';
import { createLineLocator, type LineLocator } from './line-locator.ts';
import { explainIssue } from './schema-fault.ts';

/** What a YAML text holds, or what keeps it from holding it. */
export type YamlResult<T> =
  | { readonly ok: true; readonly content: T; readonly lineOf: LineLocator }
  | { readonly ok: false; readonly defects: readonly Defect[] };

/**
 * Reads one YAML text against a schema. Never throws for what is written in it.
 * @param unitAt names the unit that an issue is in, where there is one
 */
export function parseYaml<T>(
  source: KnowledgeSource,
  schema: z.ZodType<T>,
  unitAt: (data: unknown, path: readonly PropertyKey[]) => string | undefined = () => undefined,
): YamlResult<T> {
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
  const parsed = schema.safeParse(data);
  if (parsed.success) return { ok: true, content: parsed.data, lineOf };
  const defects = parsed.error.issues.map((issue): Defect => {
    const unit = unitAt(data, issue.path);
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
