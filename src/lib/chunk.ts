/** `values` in order, in arrays of at most `size`. */
export function* chunk<T>(values: readonly T[], size: number): Generator<readonly T[]> {
  if (!(size >= 1)) throw new RangeError(`A chunk holds at least one value, not ${size}`);
  for (let start = 0; start < values.length; start += size) yield values.slice(start, start + size);
}
