import type { Coverage } from '../domain/coverage.ts';
import type { LocalDay } from '../domain/time.ts';

/** What thresholds are found for. */
export const cutColumns = ['recency', 'frequency', 'monetary', 'spend', 'tiers'] as const;
export type CutColumn = (typeof cutColumns)[number];

/**
 * The thresholds a full run found, frozen with it: one customer can be scored alone and explained
 * later exactly as in the base. All ascending; amounts in home minor units.
 */
export type CutPoints = {
  readonly policyVersion: string;
  readonly foundOn: LocalDay;
  readonly currency: string;
  /** What was known of the base; when that changes, everybody is scored anew. */
  readonly coverage: Coverage;
  /** Customers with a purchase in the window: those that the thresholds were found on. */
  readonly base: number;
  /** Columns of the base that told too little, so that the policy's fixed thresholds stand here. */
  readonly fixed: readonly CutColumn[];
  /** Four thresholds: up to the first many days 5, then 4, 3, 2, beyond the last 1. */
  readonly recencyDays: readonly number[];
  /** Four thresholds each: a value at or above the k-th (from 0) scores k + 2. */
  readonly frequency: readonly number[];
  readonly monetary: readonly number[];
  /** Net amounts at which the next step of spend points begins: n thresholds, n + 1 steps. */
  readonly spend: readonly number[];
  /** Value scores at which each tier begins, highest tier first, by tier key. */
  readonly tiers: readonly { readonly key: string; readonly from: number }[];
};
