import type { Histories } from './cells.ts';

/** The histories a model can read, and the rows they stood in. */
export function usableHistories({ x, tx, T }: Histories) {
  const rows = Uint32Array.from(x.keys()).filter((row) =>
    isUsable(x[row] ?? -1, tx[row] ?? -1, T[row] ?? -1),
  );
  const column = (from: Float64Array): Float64Array =>
    Float64Array.from(rows, (row) => from[row] ?? 0);
  return { rows, histories: { x: column(x), tx: column(tx), T: column(T) } };
}

/**
 * Publishers round tx and T apart, so that tx may be above T by a little. Repeat orders in no time at
 * all cannot be: those of the first day are not repeats.
 */
function isUsable(x: number, tx: number, T: number): boolean {
  const isTime = tx >= 0 && tx <= T * 1.01 && T < 1e12;
  return isTime && Number.isSafeInteger(x) && x >= 0 && (x === 0 || T > 0);
}
