/**
 * Whole numbers near `exact` that add up to `total`: each rounded down, the rest one each to the
 * largest remainders, the first of equal ones. `total` is the sum of `exact`, rounded.
 */
export function shareOut(total: number, exact: readonly number[]): readonly number[] {
  const whole = exact.map(Math.floor);
  const left = total - whole.reduce((sum, value) => sum + value, 0);
  const byRemainder = exact
    .map((value, at) => ({ at, remainder: value - Math.floor(value) }))
    .sort((one, other) => other.remainder - one.remainder);
  const rounded = new Set(byRemainder.slice(0, left).map(({ at }) => at));
  return whole.map((value, at) => value + (rounded.has(at) ? 1 : 0));
}
