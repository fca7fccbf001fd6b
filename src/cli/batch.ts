import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { FaultsError, UsageError } from '../errors.ts';

const ID_WORDS = 'id: ponga un texto o un número';
const TURNS_WORDS = 'turns: ponga una lista de textos, uno por lo menos';
const lineSchema = z.object(
  {
    id: z.union([z.string(), z.number()], ID_WORDS).transform(String),
    channel: z.enum(['whatsapp', 'teams', 'web'], 'channel: ponga whatsapp, teams o web').optional(),
    audience: z.enum(['public', 'staff'], 'audience: ponga public o staff').optional(),
    turns: z.array(z.string(TURNS_WORDS), TURNS_WORDS).min(1, TURNS_WORDS),
  },
  'no es un objeto JSON',
);

/** One talk of a batch: its turns in order; only the last one's answer is printed. */
export type BatchLine = z.infer<typeof lineSchema>;

/**
 * Reads a JSONL file of talks. The whole file is checked before anything runs, so that nothing is half done.
 * @throws {UsageError} when the file cannot be read
 * @throws {FaultsError} `USAGE` naming each faulty line
 */
export async function readBatch(file: string): Promise<readonly BatchLine[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`No se puede leer ${file}. Escriba la ruta de un archivo JSONL.`);
  });
  const faults: string[] = [];
  const lines: BatchLine[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = lineSchema.safeParse(parseJson(line));
    if (parsed.success) lines.push(parsed.data);
    else {
      const words = new Set(parsed.error.issues.map(({ message }) => message));
      faults.push(`${file}:${index + 1}: ${[...words].join('; ')}`);
    }
  }
  if (faults.length > 0) {
    throw new FaultsError(
      'USAGE',
      'Cada línea debe ser {"id":"…","channel":"web","turns":["…"]}. Fallas:',
      faults,
    );
  }
  return lines;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
