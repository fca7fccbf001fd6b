import { mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#src/errors.ts';
import { sweepIndexFolders } from '#src/retrieval/index-files.ts';
import { type IndexProgress, openIndex } from '#src/retrieval/open-index.ts';
import { buildClaim, buildKnowledge, buildNorm, buildUnit } from '../support/builders.ts';

const knowledge = buildKnowledge(
  [buildNorm({ id: 'norma' })],
  ['pasaporte', 'residencia', 'refugio', 'frontera'].map((topic, at) =>
    buildUnit({
      id: `norma/${at + 1}`,
      title: topic,
      claims: [buildClaim('c1', `Lo que se sabe de ${topic} y de sus plazos.`)],
      questions: { es: [`¿cuánto tarda ${topic}?`] },
    }),
  ),
);

describe('the index', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'orienta-index-'));
  });
  afterEach(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });
  const open = (more: { rebuild?: boolean; onProgress?: (progress: IndexProgress) => void } = {}) =>
    openIndex({ knowledge, dataDir, ...more });
  const folders = () => readdir(join(dataDir, 'index'));

  it('is built once, then opened with the same vectors', async () => {
    const first = await open();
    const second = await open();
    expect(first.status).toMatchObject({ built: true, search: 'hnsw', units: 4, vectors: 8 });
    expect(second.status).toEqual({ ...first.status, built: false });
    expect(second.shelves.map(({ vectors }) => vectors)).toEqual(first.shelves.map(({ vectors }) => vectors));
    expect(await second.embeddings.embedQuery('plazos')).toEqual(await first.embeddings.embedQuery('plazos'));
    expect(await folders()).toEqual([first.status.key]);
  });

  it('lies in another folder when the knowledge changes', async () => {
    const first = await open();
    const second = await openIndex({ knowledge: { ...knowledge, version: 'otra' }, dataDir });
    expect(second.status).toMatchObject({ built: true });
    expect(second.status.key).not.toBe(first.status.key);
  });

  it.each(['public.hnsw', 'public.f32', 'projection.f32', 'vocabulary.json'])(
    'is built anew when %s is damaged',
    async (name) => {
      const { status } = await open();
      await truncate(join(dataDir, 'index', status.key, name), 7);
      expect((await open()).status).toEqual(status);
      expect((await open()).status.built).toBe(false);
    },
  );

  it('is built anew when its manifest cannot be read', async () => {
    const { status } = await open();
    await writeFile(join(dataDir, 'index', status.key, 'manifest.json'), '{"model":');
    expect((await open()).status.built).toBe(true);
  });

  it('is built anew on request, and tells how far it is', async () => {
    await open();
    const stages: string[] = [];
    const { status } = await open({ rebuild: true, onProgress: ({ stage }) => stages.push(stage) });
    expect(status.built).toBe(true);
    expect(stages[0]).toBe('fit');
    expect(stages.at(-1)).toBe('done');
  });

  it('stays whole when two build it at once', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    expect(one.status.key).toBe(other.status.key);
    expect((await open()).status).toMatchObject({ built: false, search: 'hnsw' });
    expect(await folders()).toEqual([one.status.key]);
  });

  it('removes another index only when nobody has used it for a day', async () => {
    const root = join(dataDir, 'index');
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    for (const name of ['fresh', 'stale']) await mkdir(join(root, name), { recursive: true });
    await utimes(join(root, 'stale'), yesterday, yesterday);
    const { status } = await open();
    expect((await folders()).sort()).toEqual([status.key, 'fresh'].sort());
  });

  it('says what failed when its folder cannot be written', async () => {
    await writeFile(join(dataDir, 'index'), 'a file where the folder should be');
    const failure = await open().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ code: 'INDEX_UNAVAILABLE' });
  });

  it('says so when its folder lies where the system takes none', async () => {
    const failure = await openIndex({ knowledge, dataDir: '/proc/orienta' }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'INDEX_UNAVAILABLE' });
  });

  it('is built once more when its files vanish between the check and the reading', async () => {
    const { status } = await open();
    const manifest = join(dataDir, 'index', status.key, 'manifest.json');
    const told = JSON.parse(await readFile(manifest, 'utf8'));
    // A manifest that asks for nothing passes the check, as one does whose files go right after it.
    await writeFile(manifest, JSON.stringify({ ...told, files: {} }));
    await rm(join(dataDir, 'index', status.key, 'vocabulary.json'));
    expect((await open()).status).toEqual(status);
    expect((await open()).status.built).toBe(false);
  });

  it('needs no sweeping: a place that cannot be swept stays as it is', async () => {
    await expect(sweepIndexFolders(join(dataDir, 'gone'), 'none', new Date())).resolves.toBeUndefined();
  });

  it('opens empty over knowledge that says nothing', async () => {
    const { status } = await openIndex({ knowledge: buildKnowledge([], []), dataDir });
    expect(status).toMatchObject({ units: 0, vectors: 0 });
  });
});
