import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Embeddings } from '@langchain/core/embeddings';
import { AppError } from '../errors.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { makeFolder } from '../make-folder.ts';
import { discardIndexFolder, readManifest, sweepIndexFolders, writeIndexFolder } from './index-files.ts';
import { LatentSemanticEmbeddings } from './latent-semantic-embeddings.ts';
import { defaultFitSettings, fitLatentSemanticModel } from './latent-semantic-model.ts';
import { readModel, readVectors, writeModel, writeVectors } from './model-file.ts';
import { fillShelves, type Shelf, wholeText } from './unit-texts.ts';
import {
  createExactIndex,
  openGraph,
  type VectorIndex,
  type VectorTable,
  writeGraph,
} from './vector-index.ts';

/** Raise it when anything that is written changes its shape or its making. */
const formatVersion = 2;
const modelName = 'latent-semantic';

/** A shelf with its vectors: one an entry, in the same order. */
export interface IndexedShelf extends Shelf {
  readonly vectors: VectorTable;
  readonly neighbours: VectorIndex;
}

/** What the readiness page and `orienta index` tell about the index. */
export interface IndexStatus {
  /** Changes with the knowledge, the model and the format. */
  readonly key: string;
  readonly model: string;
  readonly dimension: number;
  readonly units: number;
  readonly vectors: number;
  /** `exact` when the graph could not be opened and every vector is compared: right, though slower. */
  readonly search: 'hnsw' | 'exact';
  /** False when it was found ready on disk. */
  readonly built: boolean;
}

/** The dense index as held in memory; it does not change while the process runs. */
export interface RetrievalIndex {
  readonly embeddings: Embeddings;
  readonly shelves: readonly IndexedShelf[];
  readonly status: IndexStatus;
}

/** How far the building of an index has come. */
export interface IndexProgress {
  readonly stage: 'fit' | 'embed' | 'link' | 'done';
  readonly done: number;
  readonly total: number;
}

export interface OpenIndexOptions {
  readonly knowledge: Knowledge;
  /** The index lies in `index/` below it. */
  readonly dataDir: string;
  /** Builds it anew even when a whole one is there. */
  readonly rebuild?: boolean;
  readonly onProgress?: (progress: IndexProgress) => void;
}

/**
 * Opens the index of this knowledge, and builds it first when it is absent, damaged or of another version.
 * @throws {AppError} `INDEX_UNAVAILABLE` when it can neither be read nor built
 */
export async function openIndex(options: OpenIndexOptions): Promise<RetrievalIndex> {
  const { knowledge, dataDir, rebuild = false, onProgress = () => undefined } = options;
  const root = join(dataDir, 'index');
  const key = keyOf(knowledge);
  const folder = join(root, key);
  const shelves = fillShelves(knowledge);
  try {
    const found = rebuild ? undefined : await readWhole(folder, shelves, key);
    const index = found ?? (await buildAnew(folder, shelves, key, onProgress));
    await sweepIndexFolders(root, key, new Date());
    return index;
  } catch (cause) {
    throw new AppError(
      'INDEX_UNAVAILABLE',
      `No se pudo abrir ni construir el índice en ${root}. Revise que la carpeta se pueda escribir y que haya espacio.`,
      { cause },
    );
  }
}

/** The index of a folder; undefined when it is absent or damaged, or vanishes while it is read. */
async function readWhole(
  folder: string,
  shelves: readonly Shelf[],
  key: string,
): Promise<RetrievalIndex | undefined> {
  if ((await readManifest(folder)) === undefined) return undefined;
  // Swept or rebuilt by another process since: it is built once more, and then its absence is a fault.
  return readIndex(folder, shelves, key, false).catch(() => undefined);
}

async function buildAnew(
  folder: string,
  shelves: readonly Shelf[],
  key: string,
  onProgress: (progress: IndexProgress) => void,
): Promise<RetrievalIndex> {
  makeFolder(dirname(folder));
  await discardIndexFolder(folder);
  await buildIndex(folder, shelves, onProgress);
  return readIndex(folder, shelves, key, true);
}

function keyOf(knowledge: Knowledge): string {
  const made = JSON.stringify([knowledge.version, modelName, defaultFitSettings, formatVersion]);
  return createHash('sha256').update(made).digest('hex').slice(0, 24);
}

async function buildIndex(
  folder: string,
  shelves: readonly Shelf[],
  onProgress: (progress: IndexProgress) => void,
): Promise<void> {
  const total = shelves.reduce((sum, { entries }) => sum + entries.length, 0);
  onProgress({ stage: 'fit', done: 0, total });
  const model = fitLatentSemanticModel(fittingTexts(shelves));
  const embeddings = new LatentSemanticEmbeddings(model);
  onProgress({ stage: 'embed', done: 0, total });
  const tables = new Map<Shelf, VectorTable>();
  for (const shelf of shelves) tables.set(shelf, await embedEntries(shelf, embeddings, model.dimension));
  const units = shelves.reduce((sum, shelf) => sum + shelf.units.length, 0);
  const facts = { model: modelName, dimension: model.dimension, units, vectors: total };
  let done = 0;
  await writeIndexFolder(folder, facts, async (aside) => {
    await writeModel(aside, model);
    for (const [shelf, table] of tables) {
      onProgress({ stage: 'link', done, total });
      await writeVectors(join(aside, `${shelf.audience}.f32`), table);
      if (table.count > 0) writeGraph(table, join(aside, `${shelf.audience}.hnsw`));
      done += table.count;
    }
  });
  onProgress({ stage: 'done', done, total });
}

/** Only public texts: what staff alone may read must not move a public answer by a hair. */
function fittingTexts(shelves: readonly Shelf[]): readonly string[] {
  const open = shelves.filter(({ audience }) => audience === 'public').flatMap(({ units }) => units);
  return (open.length > 0 ? open : shelves.flatMap(({ units }) => units)).map(wholeText);
}

async function embedEntries(shelf: Shelf, embeddings: Embeddings, dimension: number): Promise<VectorTable> {
  const vectors = await embeddings.embedDocuments(shelf.entries.map(({ text }) => text));
  const data = new Float32Array(vectors.length * dimension);
  vectors.forEach((vector, place) => {
    data.set(vector, place * dimension);
  });
  return { dimension, count: vectors.length, data };
}

async function readIndex(
  folder: string,
  shelves: readonly Shelf[],
  key: string,
  built: boolean,
): Promise<RetrievalIndex> {
  const model = await readModel(folder);
  const indexed = await Promise.all(
    shelves.map(async (shelf): Promise<IndexedShelf> => {
      const vectors = await readVectors(join(folder, `${shelf.audience}.f32`), model.dimension);
      return {
        ...shelf,
        vectors,
        neighbours: openNeighbours(vectors, join(folder, `${shelf.audience}.hnsw`)),
      };
    }),
  );
  const graphs = indexed.filter(({ vectors }) => vectors.count > 0);
  const status: IndexStatus = {
    key,
    model: modelName,
    dimension: model.dimension,
    units: shelves.reduce((sum, { units }) => sum + units.length, 0),
    vectors: indexed.reduce((sum, { vectors }) => sum + vectors.count, 0),
    search: graphs.every(({ neighbours }) => neighbours.kind === 'hnsw') ? 'hnsw' : 'exact',
    built,
  };
  return { embeddings: new LatentSemanticEmbeddings(model), shelves: indexed, status };
}

function openNeighbours(vectors: VectorTable, file: string): VectorIndex {
  if (vectors.count === 0) return createExactIndex(vectors);
  try {
    return openGraph(vectors, file);
  } catch {
    // The vectors are whole: comparing with all of them gives the same answers, only later.
    return createExactIndex(vectors);
  }
}
