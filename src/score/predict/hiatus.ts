/** Of the gaps between orders, so many are no longer than the hiatus. Our own choice. */
const SHARE_OF_GAPS = 0.9;
/** Fewer gaps say nothing of the longest. */
const LEAST_GAPS = 10;

/**
 * Silence in days after which somebody is no longer taken for a customer (hiatus rule: Wübben & v.
 * Wangenheim, J. Marketing 72 (2008)): nine in ten of the base's gaps between orders are no longer.
 * `otherwise`, the policy's limit, where there are fewer than ten gaps.
 */
export function hiatusDays(gaps: ReadonlyMap<number, number>, otherwise: number): number {
  const sorted = [...gaps].sort(([one], [other]) => one - other);
  const all = sorted.reduce((sum, [, count]) => sum + count, 0);
  if (all < LEAST_GAPS) return otherwise;
  let seen = 0;
  return (
    sorted.find(([, count]) => {
      seen += count;
      return seen >= SHARE_OF_GAPS * all;
    })?.[0] ?? otherwise
  );
}
