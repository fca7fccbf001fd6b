import hnswlib from 'hnswlib-node';
import { AppError } from '../errors.ts';

/** Vectors of length 1, one after the other. */
export interface VectorTable {
  readonly dimension: number;
  readonly count: number;
  readonly data: Float32Array;
}

/** One vector near a query: its place in the table, and the cosine of the angle between them. */
export interface Neighbour {
  readonly place: number;
  readonly similarity: number;
}

/** Finds the vectors of a table nearest to a query, nearest first. */
export interface VectorIndex {
  readonly kind: 'hnsw' | 'exact';
  nearest(query: readonly number[], count: number): readonly Neighbour[];
}

/** The cosine of a query of length 1 and one vector of a table. */
export function similarity(table: VectorTable, place: number, query: readonly number[]): number {
  const from = place * table.dimension;
  let sum = 0;
  for (let j = 0; j < table.dimension; j += 1) sum += (table.data[from + j] ?? 0) * (query[j] ?? 0);
  return sum;
}

/** Compares with every vector: the yardstick, and what is left when no graph can be read. */
export function createExactIndex(table: VectorTable): VectorIndex {
  return {
    kind: 'exact',
    nearest: (query, count) => {
      const all = Array.from({ length: table.count }, (_, place) => ({
        place,
        similarity: similarity(table, place, query),
      }));
      return all.sort((a, b) => b.similarity - a.similarity).slice(0, count);
    },
  };
}

const linksPerNode = 16;
const buildBreadth = 200;
const searchBreadth = 120;
const graphSeed = 100;

/** Builds the graph of a table and writes it to a file. The graph is not changed afterwards. */
export function writeGraph(table: VectorTable, file: string): void {
  const graph = new hnswlib.HierarchicalNSW('ip', table.dimension);
  graph.initIndex(table.count, linksPerNode, buildBreadth, graphSeed);
  for (let place = 0; place < table.count; place += 1) {
    graph.addPoint([...table.data.subarray(place * table.dimension, (place + 1) * table.dimension)], place);
  }
  graph.writeIndexSync(file);
}

/**
 * Opens a graph. The caller has checked the file's checksum: hnswlib may crash the process on a damaged file.
 * No filter callback is ever handed to hnswlib, since one can abort the process
 * (https://github.com/yoshoku/hnswlib-node/issues/132); audiences have graphs of their own instead.
 * @throws {AppError} `INDEX_UNAVAILABLE` when the graph holds another number of vectors; hnswlib's own error when
 * the file cannot be read
 */
export function openGraph(table: VectorTable, file: string): VectorIndex {
  const graph = new hnswlib.HierarchicalNSW('ip', table.dimension);
  graph.readIndexSync(file);
  if (graph.getCurrentCount() !== table.count) {
    throw new AppError(
      'INDEX_UNAVAILABLE',
      `${file} tiene ${graph.getCurrentCount()} vectores y se esperaban ${table.count}. Reconstruya el índice con «orienta index --rebuild».`,
    );
  }
  return {
    kind: 'hnsw',
    nearest: (query, count) => {
      const wanted = Math.min(count, table.count);
      graph.setEf(Math.max(searchBreadth, wanted));
      const { neighbors, distances } = graph.searchKnn([...query], wanted);
      return neighbors.map((place, i) => ({ place, similarity: 1 - (distances[i] ?? 1) }));
    },
  };
}
