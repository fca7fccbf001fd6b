import type { z } from 'zod';

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'un texto (si es solo números o una fecha, póngalo entre comillas)',
  number: 'un número, sin comillas',
  int: 'un número entero',
  boolean: 'true o false',
  array: 'una lista, cada elemento con un guion',
  object: 'un bloque de campos',
};

/** What a schema issue means for the person who edits the file, and what to do about it. */
export function explainIssue(issue: z.core.$ZodIssue, data: unknown): string {
  const field = fieldName(issue.path);
  switch (issue.code) {
    case 'invalid_type':
      return valueAt(data, issue.path) === undefined
        ? `falta el campo ${field}; escríbalo`
        : `${field} debe ser ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
    case 'unrecognized_keys': {
      const keys = issue.keys.map((key) => `«${key}»`).join(', ');
      return `no existe el campo ${keys}; bórrelo o revise cómo se escribe`;
    }
    case 'invalid_value':
      return `${field} no puede tener ese valor; escriba uno de estos: ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return `${field} no tiene un valor conocido; vea los valores en el esquema (knowledge/schema)`;
    case 'too_small':
      return `${field} está vacío o es muy corto; escríbalo completo`;
    case 'invalid_format':
    case 'custom':
      return `${field}: ${issue.message.startsWith('Invalid') ? 'no tiene la forma esperada' : issue.message}`;
    default:
      return `${field}: el valor no sirve; vea el esquema (knowledge/schema)`;
  }
}

function fieldName(path: readonly PropertyKey[]): string {
  const names = path.filter((step) => typeof step === 'string');
  if (names.length === 0) return 'el archivo';
  // `units` and `norms` say nothing: the file, the line and the id already do.
  const inEntry = names.length > 1 ? names.slice(1) : names;
  return `«${inEntry.slice(-2).join('.')}»`;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}
