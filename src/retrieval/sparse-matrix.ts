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
  a.rows.forEach((row, index) => {
    const target = product.data.subarray(index * width, (index + 1) * width);
    row.columns.forEach((column, k) => {
      addScaled(target, b.data, column * width, row.values[k] ?? 0);
    });
  });
  return product;
}

/** `aᵀ × b`. */
export function multiplyTransposed(a: SparseMatrix, b: DenseMatrix): DenseMatrix {
  const width = b.columnCount;
  const product = zeros(a.columnCount, width);
  a.rows.forEach((row, index) => {
    row.columns.forEach((column, k) => {
      const target = product.data.subarray(column * width, (column + 1) * width);
      addScaled(target, b.data, index * width, row.values[k] ?? 0);
    });
  });
  return product;
}

function addScaled(target: Float64Array, source: Float64Array, from: number, factor: number): void {
  for (let j = 0; j < target.length; j += 1) {
    target[j] = (target[j] ?? 0) + factor * (source[from + j] ?? 0);
  }
}

/** `aᵀ × a`, a symmetric matrix as wide as `a`. */
export function gram(a: DenseMatrix): DenseMatrix {
  const width = a.columnCount;
  const product = zeros(width, width);
  for (let row = 0; row < a.rowCount; row += 1) {
    const cells = a.data.subarray(row * width, (row + 1) * width);
    for (let i = 0; i < width; i += 1) {
      addScaled(product.data.subarray(i * width, (i + 1) * width), cells, 0, cells[i] ?? 0);
    }
  }
  return product;
}
