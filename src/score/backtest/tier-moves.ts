import type { GroupName } from './groups.ts';

/** Customers by tier on the as-of day and at the horizon's end, by the same cut points. */
export type MovedCustomers = {
  /** Tier keys; `null` for none. */
  readonly from: string | null;
  readonly to: string | null;
  readonly customers: number;
  /** Of those in `from`. */
  readonly share: number;
  /** Their net amounts in the policy's window on both days, units of the currency. */
  readonly netBefore: number;
  readonly netAfter: number;
};

type Moving = {
  readonly tier: Int8Array;
  readonly tierAtEnd: Int8Array;
  readonly windowNet: Float64Array;
  readonly windowNetAtEnd: Float64Array;
};

/** Every pair of tiers in which anybody is, highest first. */
export function tierMoves(tiers: readonly GroupName[], moving: Moving): readonly MovedCustomers[] {
  const { tier, tierAtEnd, windowNet, windowNetAtEnd } = moving;
  const places = [...tiers.keys(), -1];
  const sums = new Map<string, { customers: number; netBefore: number; netAfter: number }>();
  const inTier = new Map<number, number>();
  for (let row = 0; row < tier.length; row += 1) {
    const pair = `${tier[row]} ${tierAtEnd[row]}`;
    const sum = sums.get(pair) ?? { customers: 0, netBefore: 0, netAfter: 0 };
    sum.customers += 1;
    sum.netBefore += windowNet[row] ?? 0;
    sum.netAfter += windowNetAtEnd[row] ?? 0;
    sums.set(pair, sum);
    inTier.set(tier[row] ?? 0, (inTier.get(tier[row] ?? 0) ?? 0) + 1);
  }
  const keyOf = (place: number): string | null => tiers[place]?.key ?? null;
  return places.flatMap((from) =>
    places.flatMap((to) => {
      const sum = sums.get(`${from} ${to}`);
      if (sum === undefined) return [];
      const share = sum.customers / (inTier.get(from) ?? 1);
      return [{ from: keyOf(from), to: keyOf(to), share, ...sum }];
    }),
  );
}
