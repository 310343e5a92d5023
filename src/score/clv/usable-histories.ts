import type { Histories } from './cells.ts';

/** The customers of a fit; `spend` is the mean amount of their repeat orders. */
type Customers = Histories & { readonly spend: Float64Array };

/** The customers whose histories a model can read. */
export function usableHistories({ x, tx, T, spend }: Customers): Customers {
  const isUsableRow = (row: number): boolean => isUsable(x[row] ?? -1, tx[row] ?? -1, T[row] ?? -1);
  const broken = x.findIndex((_, row) => !isUsableRow(row));
  if (broken === -1) return { x, tx, T, spend };
  const rows = [...x.keys()].filter(isUsableRow);
  const column = (from: Float64Array): Float64Array =>
    Float64Array.from(rows, (row) => from[row] ?? Number.NaN);
  return { x: column(x), tx: column(tx), T: column(T), spend: column(spend) };
}

/**
 * Publishers round tx and T apart, so that tx may be above T by a little. Repeat orders in no time at
 * all cannot be, since those of the first day are not repeats: one would draw alpha to 0.
 */
function isUsable(x: number, tx: number, T: number): boolean {
  const isTime = tx >= 0 && tx <= T * 1.01 && T < 1e12;
  return isTime && Number.isSafeInteger(x) && x >= 0 && x > 0 === tx > 0;
}
