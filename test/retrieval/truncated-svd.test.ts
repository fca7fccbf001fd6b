import { describe, expect, it } from 'vitest';
import { uniformSource } from '#src/retrieval/random.ts';
import type { SparseMatrix } from '#src/retrieval/sparse-matrix.ts';
import { truncatedSvd } from '#src/retrieval/truncated-svd.ts';

/** A dense table as sparse rows. */
function fromTable(table: readonly (readonly number[])[]): SparseMatrix {
  const columnCount = table[0]?.length ?? 0;
  const columns = Int32Array.from({ length: columnCount }, (_, column) => column);
  return { rows: table.map((row) => ({ columns, values: Float32Array.from(row) })), columnCount };
}

function lowRank(rows: number, columns: number, rank: number): number[][] {
  const next = uniformSource(5);
  const draw = (count: number) => Array.from({ length: count }, () => next() - 0.5);
  const left = Array.from({ length: rows }, () => draw(rank));
  const right = Array.from({ length: rank }, () => draw(columns));
  return left.map((row) =>
    Array.from({ length: columns }, (_, j) =>
      row.reduce((sum, cell, k) => sum + cell * (right[k]?.[j] ?? 0), 0),
    ),
  );
}

describe('the truncated singular value decomposition', () => {
  const table = lowRank(60, 40, 5);
  const svd = truncatedSvd(fromTable(table), { rank: 8, seed: 3 });
  const { data, columnCount } = svd.rightVectors;
  const axis = (k: number) => Array.from({ length: 40 }, (_, row) => data[row * columnCount + k] ?? 0);
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, cell, i) => sum + cell * (b[i] ?? 0), 0);

  it('finds as many singular values as the matrix has rank, largest first', () => {
    expect(svd.singularValues).toHaveLength(5);
    expect([...svd.singularValues]).toEqual([...svd.singularValues].sort((a, b) => b - a));
  });

  it('gives right vectors that are orthonormal', () => {
    for (let i = 0; i < columnCount; i += 1) {
      for (let j = 0; j < columnCount; j += 1) {
        expect(dot(axis(i), axis(j))).toBeCloseTo(i === j ? 1 : 0, 5);
      }
    }
  });

  it('brings a matrix of low rank back from its projection', () => {
    const axes = Array.from({ length: columnCount }, (_, k) => axis(k));
    for (const row of table) {
      const places = axes.map((each) => dot(row, each));
      row.forEach((cell, j) => {
        expect(axes.reduce((sum, each, k) => sum + (places[k] ?? 0) * (each[j] ?? 0), 0)).toBeCloseTo(
          cell,
          4,
        );
      });
    }
  });

  it('gives the singular values of a diagonal matrix', () => {
    const diagonal = [3, 7, 5].map((value, i) => [0, 1, 2].map((j) => (i === j ? value : 0)));
    const { singularValues } = truncatedSvd(fromTable(diagonal), { rank: 2, seed: 1 });
    expect(singularValues[0]).toBeCloseTo(7, 6);
    expect(singularValues[1]).toBeCloseTo(5, 6);
  });

  it('gives the same result for the same seed, bit by bit', () => {
    const again = truncatedSvd(fromTable(table), { rank: 8, seed: 3 });
    expect(again).toEqual(svd);
  });
});
