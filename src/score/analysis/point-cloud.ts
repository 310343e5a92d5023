/**
 * Points in standard units (mean 0, deviation 1; a column that never varies is 0), equal ones held
 * once with a weight, in an order that does not depend on that of the rows.
 */
export type PointCloud = {
  readonly dimensions: number;
  readonly size: number;
  /** Row by row. */
  readonly values: Float64Array;
  readonly weights: Float64Array;
  /** Which point each row of the input is. */
  readonly pointOf: Int32Array;
  /** Of each column as given. */
  readonly scales: readonly { readonly mean: number; readonly deviation: number }[];
};

/** A cloud of the rows of equally long columns of finite numbers. */
export function pointCloud(columns: readonly Float64Array[]): PointCloud {
  const rows = columns[0]?.length ?? 0;
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  order.sort((left, right) => compareRows(columns, left, right));
  const scales = columns.map((column) => scaleOf(column, order));
  const values = new Float64Array(rows * columns.length);
  const weights = new Float64Array(rows);
  const pointOf = new Int32Array(rows);
  let size = 0;
  let before = -1;
  for (const row of order) {
    if (before < 0 || compareRows(columns, before, row) !== 0) {
      for (const [at, column] of columns.entries())
        values[size * columns.length + at] = standard(column[row] ?? 0, scales[at]);
      size += 1;
    }
    pointOf[row] = size - 1;
    weights[size - 1] = (weights[size - 1] ?? 0) + 1;
    before = row;
  }
  const dimensions = columns.length;
  return {
    dimensions,
    size,
    values: values.subarray(0, size * dimensions),
    weights: weights.subarray(0, size),
    pointOf,
    scales,
  };
}

function compareRows(columns: readonly Float64Array[], left: number, right: number): number {
  for (const column of columns) {
    const difference = (column[left] ?? 0) - (column[right] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Summed in the points' order: sums of doubles depend on it. */
function scaleOf(column: Float64Array, order: Uint32Array) {
  let sum = 0;
  for (const row of order) sum += column[row] ?? 0;
  const mean = sum / Math.max(1, order.length);
  let squares = 0;
  for (const row of order) squares += ((column[row] ?? 0) - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / Math.max(1, order.length)) };
}

function standard(value: number, scale: { mean: number; deviation: number } | undefined): number {
  if (scale === undefined || scale.deviation === 0) return 0;
  return (value - scale.mean) / scale.deviation;
}
