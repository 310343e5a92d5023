/**
 * Customers by a score, best first. Equal scores are one group: nothing that is read off a ranking
 * depends on who stands first inside a group.
 */
export type Ranking = {
  /** Rows, best first. */
  readonly rows: Uint32Array;
  /** Where each group ends, the last at the number of rows. */
  readonly ends: Uint32Array;
};

/** Ranks by `score`, more is better. */
export function rankingOf(score: Float64Array): Ranking {
  const rows = rowsDown(score);
  const ends = new Uint32Array(rows.length);
  let groups = 0;
  for (let at = 0; at < rows.length; at += 1)
    if (score[rows[at] ?? 0] !== score[rows[at + 1] ?? -1]) {
      ends[groups] = at + 1;
      groups += 1;
    }
  return { rows, ends: ends.slice(0, groups) };
}

/** Sorted as numbers first and rows placed by value then: a comparison a row pair costs five times as much. */
function rowsDown(score: Float64Array): Uint32Array {
  const sorted = score.toSorted();
  const next = new Uint32Array(score.length);
  const rows = new Uint32Array(score.length);
  for (let row = 0; row < score.length; row += 1) {
    const value = score[row] ?? 0;
    const first = firstPlace(sorted, value);
    const place = first + (next[first] ?? 0);
    next[first] = (next[first] ?? 0) + 1;
    rows[score.length - 1 - place] = row;
  }
  return rows;
}

/** The first place of `value` among ascending values. */
function firstPlace(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A column in the ranking's order, best first: read in turn it costs no wait for memory. */
export function inOrder({ rows }: Ranking, column: Float64Array): Float64Array {
  const ordered = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) ordered[at] = column[rows[at] ?? 0] ?? 0;
  return ordered;
}
