import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Knowledge } from '#src/knowledge/knowledge.ts';
import { loadKnowledge } from '#src/knowledge/load-knowledge.ts';
import { loadKnowledgeQuickly } from '#src/knowledge/load-knowledge-quickly.ts';
import { knowledgeDir } from '#src/paths.ts';

let folder: string;
let dir: string;
let dataDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orienta-quick-'));
  dir = join(folder, 'knowledge');
  dataDir = join(folder, 'data');
  mkdirSync(dir);
  write('Uno');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(title: string): void {
  writeFileSync(
    join(dir, 'ley.yaml'),
    `norms: [{id: ley, aliases: [la-ley], title: Ley, number: Decreto 1, issuer: X, confidence: low, validity: {status: vigente}}]
units: [{id: ley/1, kind: article, title: ${title}}]
`,
  );
}
const copies = (): readonly string[] => readdirSync(join(dataDir, 'knowledge'));
const content = ({ version, norms, units, lines }: Knowledge) => ({
  version,
  norms: [...norms],
  units: [...units],
  lines,
});

describe('loadKnowledgeQuickly', () => {
  it('gives from the copy exactly what the files give', async () => {
    const fromFiles = await loadKnowledge(knowledgeDir);
    await loadKnowledgeQuickly(knowledgeDir, dataDir);
    const fromCopy = await loadKnowledgeQuickly(knowledgeDir, dataDir);
    expect(content(fromCopy)).toEqual(content(fromFiles));
    expect(fromCopy.norm('igm-015-2025-visas')?.id).toBe('reglamento-visas');
  });

  it('reads the copy when nothing changed', async () => {
    await loadKnowledgeQuickly(dir, dataDir);
    const [name] = copies();
    const path = join(dataDir, 'knowledge', name ?? '');
    const before = readFileSync(path, 'utf8');
    await loadKnowledgeQuickly(dir, dataDir);
    expect(copies()).toEqual([name]);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('notices a change in the files, and keeps one copy', async () => {
    await loadKnowledgeQuickly(dir, dataDir);
    write('Dos');
    const knowledge = await loadKnowledgeQuickly(dir, dataDir);
    expect(knowledge.units.get('ley/1')?.title).toBe('Dos');
    expect(copies()).toHaveLength(1);
  });

  it('makes a damaged copy anew', async () => {
    await loadKnowledgeQuickly(dir, dataDir);
    const path = join(dataDir, 'knowledge', copies()[0] ?? '');
    writeFileSync(path, readFileSync(path, 'utf8').replace('Uno', 'Otro'));
    expect((await loadKnowledgeQuickly(dir, dataDir)).units.get('ley/1')?.title).toBe('Uno');
    expect(readFileSync(path, 'utf8')).toContain('Uno');
  });

  it('works without a folder to write in', async () => {
    writeFileSync(dataDir, 'a file where the folder should be');
    expect((await loadKnowledgeQuickly(dir, dataDir)).units.size).toBe(1);
  });
});
