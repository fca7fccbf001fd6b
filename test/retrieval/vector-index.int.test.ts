import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gaussianSource } from '#src/retrieval/random.ts';
import { createExactIndex, openGraph, type VectorTable, writeGraph } from '#src/retrieval/vector-index.ts';

const dimension = 24;
const next = gaussianSource(9);

function direction(): number[] {
  const cells = Array.from({ length: dimension }, next);
  const length = Math.hypot(...cells);
  return cells.map((cell) => cell / length);
}

function drawTable(count: number): VectorTable {
  return { dimension, count, data: Float32Array.from(Array.from({ length: count }, direction).flat()) };
}

describe('the vector indexes', () => {
  const table = drawTable(1500);
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orienta-graph-'));
    file = join(folder, 'table.hnsw');
    writeGraph(table, file);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('agree on 97 of 100 of the ten nearest, even of directions drawn at random', () => {
    const graph = openGraph(table, file);
    const exact = createExactIndex(table);
    let found = 0;
    for (let i = 0; i < 100; i += 1) {
      const query = direction();
      const nearest = new Set(exact.nearest(query, 10).map(({ place }) => place));
      found += graph.nearest(query, 10).filter(({ place }) => nearest.has(place)).length;
    }
    expect(found / 1000).toBeGreaterThanOrEqual(0.97);
  });

  it('give a vector of the table itself first, with similarity 1', () => {
    const query = [...table.data.subarray(7 * dimension, 8 * dimension)];
    for (const index of [openGraph(table, file), createExactIndex(table)]) {
      const [first] = index.nearest(query, 3);
      expect(first?.place).toBe(7);
      expect(first?.similarity).toBeCloseTo(1, 5);
    }
  });

  it('give all there are when more are wanted', () => {
    expect(openGraph(table, file).nearest(direction(), 5000)).toHaveLength(1500);
    expect(createExactIndex(table).nearest(direction(), 5000)).toHaveLength(1500);
  });

  it('refuse a graph made of another table', () => {
    expect(() => openGraph(drawTable(10), file)).toThrow(/1500 vectores y se esperaban 10/);
  });
});
