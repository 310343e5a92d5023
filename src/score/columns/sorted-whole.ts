const BITS = 11;
const BUCKETS = 1 << BITS;

/**
 * The values ascending, as a copy. Whole numbers within a range of 2³² are sorted by their digits,
 * which takes a fifth of the time of a sort that compares; others natively.
 */
export function sortedWhole(values: Float64Array): Float64Array {
  let [lowest, highest, isWhole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? 0;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
    isWhole &&= Math.floor(value) === value;
  }
  const range = highest - lowest;
  if (!isWhole || !(range < 2 ** 32) || !Number.isSafeInteger(lowest)) return values.toSorted();
  let from = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row += 1) from[row] = (values[row] ?? 0) - lowest;
  let to = new Uint32Array(values.length);
  for (let shift = 0; shift < 32 && 2 ** shift <= range; shift += BITS) {
    sortByDigit(from, to, shift);
    [from, to] = [to, from];
  }
  const sorted = new Float64Array(values.length);
  for (let row = 0; row < from.length; row += 1) sorted[row] = (from[row] ?? 0) + lowest;
  return sorted;
}

function sortByDigit(from: Uint32Array, to: Uint32Array, shift: number): void {
  const places = new Uint32Array(BUCKETS + 1);
  for (let row = 0; row < from.length; row += 1) {
    const next = (((from[row] ?? 0) >>> shift) & (BUCKETS - 1)) + 1;
    places[next] = (places[next] ?? 0) + 1;
  }
  for (let digit = 1; digit <= BUCKETS; digit += 1)
    places[digit] = (places[digit] ?? 0) + (places[digit - 1] ?? 0);
  for (let row = 0; row < from.length; row += 1) {
    const value = from[row] ?? 0;
    const digit = (value >>> shift) & (BUCKETS - 1);
    const at = places[digit] ?? 0;
    to[at] = value;
    places[digit] = at + 1;
  }
}
