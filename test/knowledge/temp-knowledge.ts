import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A catalogue with one norm, `ley`, for tests that need somewhere to hang units on. */
export const CATALOGUE = `norms:
  - id: ley
    aliases: [decreto-1]
    title: Ley de Prueba
    number: Decreto 1-2020
    issuer: Congreso de la República
    validity: { status: vigente, since: "2020" }
    confidence: high
    sources: [ejemplo.gt]
`;

/** One unit as YAML, ready to be put under `units:`; `fields` are further lines of it. */
export function unitYaml(id: string, fields: readonly string[] = []): string {
  return [
    `  - id: ${id}`,
    '    kind: article',
    '    title: Derecho a migrar',
    ...fields.map((line) => `    ${line}`),
    '',
  ].join('\n');
}

/** Writes a knowledge folder that is gone after the test. @returns its path */
export async function knowledgeFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'orienta-knowledge-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  return dir;
}
