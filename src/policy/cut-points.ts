import type { LocalDay } from '../domain/time.ts';

/**
 * The thresholds a full run found, frozen with it: one customer can be scored alone and explained
 * later exactly as in the base. All ascending; amounts in home minor units.
 */
export type CutPoints = {
  readonly policyVersion: string;
  readonly foundOn: LocalDay;
  readonly currency: string;
  /** Customers with a purchase that the thresholds were found on. */
  readonly base: number;
  /** Four thresholds each: a value at or above the k-th scores k + 2 (recency: days, reversed). */
  readonly recencyDays: readonly number[];
  readonly frequency: readonly number[];
  readonly monetary: readonly number[];
  /** Net amounts that split the base into equal steps of spend points. */
  readonly spend: readonly number[];
  /** Value scores at which each tier begins, highest tier first, by tier key. */
  readonly tiers: readonly { readonly key: string; readonly from: number }[];
};
