import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { gaussianSource } from './random.ts';
import {
  type DenseMatrix,
  gram,
  multiply,
  multiplyTransposed,
  type SparseMatrix,
  zeros,
} from './sparse-matrix.ts';

export interface SvdOptions {
  /** How many singular values are wanted; fewer come back when the matrix has a lower rank. */
  readonly rank: number;
  /** Extra random directions; more of them find the wanted ones more surely. */
  readonly oversampling?: number;
  /** How often the range is sharpened by `A Aᵀ`. */
  readonly powerIterations?: number;
  /** The same seed gives the same result, bit by bit. */
  readonly seed: number;
}

/** The largest singular values of a matrix and their right vectors. */
export interface TruncatedSvd {
  /** Largest first. */
  readonly singularValues: Float64Array;
  /** One row a column of the matrix, one column a singular value; its columns are orthonormal. */
  readonly rightVectors: DenseMatrix;
}

/**
 * Truncated singular value decomposition by the randomised range finder with power iterations: N. Halko,
 * P. G. Martinsson, J. A. Tropp, "Finding structure with randomness", SIAM Review 53 (2011), algorithms 4.4 and 5.1.
 */
export function truncatedSvd(matrix: SparseMatrix, options: SvdOptions): TruncatedSvd {
  const { rank, oversampling = 10, powerIterations = 2, seed } = options;
  const width = Math.min(rank + oversampling, matrix.rows.length, matrix.columnCount);
  let range = orthonormalise(multiply(matrix, gaussian(matrix.columnCount, width, seed)));
  for (let i = 0; i < powerIterations; i += 1) {
    range = orthonormalise(multiply(matrix, multiplyTransposed(matrix, range)));
  }
  // The rows of rangeᵀ × matrix, kept as columns: few and short enough for a dense eigenproblem.
  return decompose(multiplyTransposed(matrix, range), rank);
}

function decompose(projected: DenseMatrix, rank: number): TruncatedSvd {
  const width = projected.columnCount;
  const product = gram(projected);
  const square = Matrix.from1DArray(width, width, product.data);
  const eigen = new EigenvalueDecomposition(square, { assumeSymmetric: true });
  const largest = Math.max(...eigen.realEigenvalues, 0);
  const order = eigen.realEigenvalues
    .map((value, index) => ({ value, index }))
    .filter(({ value }) => value > largest * 1e-12)
    .sort((a, b) => b.value - a.value)
    .slice(0, rank);
  const singularValues = Float64Array.from(order, ({ value }) => Math.sqrt(value));
  const vectors = eigen.eigenvectorMatrix;
  const rotation = zeros(width, order.length);
  for (let i = 0; i < width; i += 1) {
    order.forEach(({ index }, j) => {
      rotation.data[i * order.length + j] = vectors.get(i, index) / (singularValues[j] ?? 1);
    });
  }
  return { singularValues, rightVectors: multiplyDense(projected, rotation) };
}

/**
 * Orthonormal columns that span the same space, by Cholesky QR done twice (once leaves errors of the order of the
 * squared condition number). A column that depends on those before it becomes zero.
 */
export function orthonormalise(matrix: DenseMatrix): DenseMatrix {
  return choleskyQr(choleskyQr(matrix));
}

function choleskyQr(matrix: DenseMatrix): DenseMatrix {
  const width = matrix.columnCount;
  const lower = cholesky(gram(matrix));
  const result = zeros(matrix.rowCount, width);
  for (let row = 0; row < matrix.rowCount; row += 1) {
    const from = row * width;
    for (let j = 0; j < width; j += 1) {
      const pivot = lower.data[j * width + j] ?? 0;
      if (pivot === 0) continue;
      const rest = (matrix.data[from + j] ?? 0) - dot(lower.data, j * width, result.data, from, j);
      result.data[from + j] = rest / pivot;
    }
  }
  return result;
}

function cholesky(symmetric: DenseMatrix): DenseMatrix {
  const width = symmetric.columnCount;
  const lower = zeros(width, width);
  for (let i = 0; i < width; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const pivot = lower.data[j * width + j] ?? 0;
      if (pivot === 0) continue;
      const rest =
        (symmetric.data[i * width + j] ?? 0) - dot(lower.data, i * width, lower.data, j * width, j);
      lower.data[i * width + j] = rest / pivot;
    }
    const diagonal = symmetric.data[i * width + i] ?? 0;
    const rest = diagonal - dot(lower.data, i * width, lower.data, i * width, i);
    lower.data[i * width + i] = rest > diagonal * 1e-10 ? Math.sqrt(rest) : 0;
  }
  return lower;
}

function dot(a: Float64Array, fromA: number, b: Float64Array, fromB: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k += 1) sum += (a[fromA + k] ?? 0) * (b[fromB + k] ?? 0);
  return sum;
}

function multiplyDense(a: DenseMatrix, b: DenseMatrix): DenseMatrix {
  const product = zeros(a.rowCount, b.columnCount);
  for (let row = 0; row < a.rowCount; row += 1) {
    for (let k = 0; k < a.columnCount; k += 1) {
      const factor = a.data[row * a.columnCount + k] ?? 0;
      for (let j = 0; j < b.columnCount; j += 1) {
        const at = row * b.columnCount + j;
        product.data[at] = (product.data[at] ?? 0) + factor * (b.data[k * b.columnCount + j] ?? 0);
      }
    }
  }
  return product;
}

function gaussian(rowCount: number, columnCount: number, seed: number): DenseMatrix {
  const next = gaussianSource(seed);
  const matrix = zeros(rowCount, columnCount);
  for (let i = 0; i < matrix.data.length; i += 1) matrix.data[i] = next();
  return matrix;
}
