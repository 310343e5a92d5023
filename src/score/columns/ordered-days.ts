/** Up to so many numbers, sorting by insertion is faster than a native sort. */
const FEW = 40;

/** Sorts a part of a column in its place, ascending. */
export function sortPart(column: Int32Array, from: number, to: number): void {
  if (to - from > FEW) {
    column.subarray(from, to).sort();
    return;
  }
  for (let at = from + 1; at < to; at += 1) {
    const value = column[at] ?? 0;
    let place = at - 1;
    for (; place >= from && (column[place] ?? 0) > value; place -= 1)
      column[place + 1] = column[place] ?? 0;
    column[place + 1] = value;
  }
}

/** Twice the median of the first `size` numbers, which are sorted in their place. */
export function twiceMedian(column: Int32Array, size: number): number {
  sortPart(column, 0, size);
  const half = size >> 1;
  const upper = column[half] ?? 0;
  return size % 2 === 1 ? 2 * upper : upper + (column[half - 1] ?? 0);
}
