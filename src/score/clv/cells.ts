import { sortedRuns } from './sorted-runs.ts';

/** Customers' histories as columns: equal positions are one customer. */
export type Histories = {
  readonly x: Float64Array;
  readonly tx: Float64Array;
  readonly T: Float64Array;
};

/** Histories with how many customers have each: ascending by x, then tx, then T. */
export type Cells = Histories & { readonly count: Float64Array };

/**
 * Groups equal histories, since the likelihood depends on nothing else: a million customers of two
 * years in days are about 300,000 cells. The result does not depend on the customers' order.
 */
export function cellsOf({ x, tx, T }: Histories): Cells {
  const runs = sortedRuns(x, tx, T);
  if (runs === null) return ungrouped({ x, tx, T });
  return { x: runs.first, tx: runs.second, T: runs.third, count: runs.count };
}

/** Every customer a cell: where hardly two have the same history. */
function ungrouped({ x, tx, T }: Histories): Cells {
  const order = Uint32Array.from(x.keys()).sort(
    (i, j) => at(x, i) - at(x, j) || at(tx, i) - at(tx, j) || at(T, i) - at(T, j),
  );
  const ordered = (column: Float64Array): Float64Array =>
    Float64Array.from(order, (row) => at(column, row));
  const count = new Float64Array(x.length).fill(1);
  return { x: ordered(x), tx: ordered(tx), T: ordered(T), count };
}

/** The cells with time counted in units `unit` times as long. */
export function inUnitsOf({ x, tx, T, count }: Cells, unit: number): Cells {
  return { x, tx: tx.map((time) => time / unit), T: T.map((time) => time / unit), count };
}

/** Every so many-th cell, at most `most` of them: enough to find where to start. */
export function thinned(cells: Cells, most: number): Cells {
  const stride = Math.ceil(cells.x.length / most);
  if (stride <= 1) return cells;
  const every = (column: Float64Array): Float64Array =>
    Float64Array.from({ length: Math.ceil(column.length / stride) }, (_, row) =>
      at(column, row * stride),
    );
  return { x: every(cells.x), tx: every(cells.tx), T: every(cells.T), count: every(cells.count) };
}

function at(column: Float64Array, row: number): number {
  return column[row] ?? 0;
}
