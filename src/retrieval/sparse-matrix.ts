/** One row of a sparse matrix: `values[i]` stands in column `columns[i]`; columns do not repeat. */
export interface SparseRow {
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** A matrix most of whose cells are zero, kept by rows. */
export interface SparseMatrix {
  readonly rows: readonly SparseRow[];
  readonly columnCount: number;
}

/** A matrix kept row after row in one array. */
export interface DenseMatrix {
  readonly data: Float64Array;
  readonly rowCount: number;
  readonly columnCount: number;
}

/** A dense matrix of zeros. */
export function zeros(rowCount: number, columnCount: number): DenseMatrix {
  return { data: new Float64Array(rowCount * columnCount), rowCount, columnCount };
}

/** `a × b`. */
export function multiply(a: SparseMatrix, b: DenseMatrix): DenseMatrix {
  const width = b.columnCount;
  const product = zeros(a.rows.length, width);
  a.rows.forEach(({ columns, values }, index) => {
    for (let k = 0; k < columns.length; k += 1) {
      addScaled(product.data, index * width, b.data, (columns[k] ?? 0) * width, width, values[k] ?? 0);
    }
  });
  return product;
}

/** `aᵀ × b`. */
export function multiplyTransposed(a: SparseMatrix, b: DenseMatrix): DenseMatrix {
  const width = b.columnCount;
  const product = zeros(a.columnCount, width);
  a.rows.forEach(({ columns, values }, index) => {
    for (let k = 0; k < columns.length; k += 1) {
      addScaled(product.data, (columns[k] ?? 0) * width, b.data, index * width, width, values[k] ?? 0);
    }
  });
  return product;
}

/** `aᵀ × a`, a symmetric matrix as wide as `a`. */
export function gram(a: DenseMatrix): DenseMatrix {
  const width = a.columnCount;
  const product = zeros(width, width);
  for (let from = 0; from < a.data.length; from += width) {
    // Only the upper half: the matrix is its own mirror image.
    for (let i = 0; i < width; i += 1) {
      addScaled(product.data, i * width + i, a.data, from + i, width - i, a.data[from + i] ?? 0);
    }
  }
  for (let i = 0; i < width; i += 1) {
    for (let j = 0; j < i; j += 1) product.data[i * width + j] = product.data[j * width + i] ?? 0;
  }
  return product;
}

function addScaled(
  target: Float64Array,
  to: number,
  source: Float64Array,
  from: number,
  length: number,
  factor: number,
): void {
  if (factor === 0) return;
  for (let j = 0; j < length; j += 1) {
    target[to + j] = (target[to + j] ?? 0) + factor * (source[from + j] ?? 0);
  }
}
