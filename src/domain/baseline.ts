import type { PlanId, RunId } from './ids.ts';
import type { LocalDay } from './time.ts';

/** What a plan was made from: what the brake compares with the next. */
export type Sight = {
  /** Live customers. */
  readonly customers: number;
  readonly wonDeals: number;
  /** Won revenue, minor units of `homeCurrency`. */
  readonly wonMinor: number;
  /** The account's; `null` while it is not known. */
  readonly homeCurrency: string | null;
  /** Won revenue by the currency it was made in, home minor units. */
  readonly wonByCurrency: Readonly<Record<string, number>>;
  /** Mean completeness of the scored records, 0–1; `null` without any. */
  readonly completeness: number | null;
};

/** What the last run that wrote saw: its plan was applied. */
export type Baseline = Sight & {
  readonly planId: PlanId;
  readonly runId: RunId;
  readonly asOf: LocalDay;
};

/** Live customers to whom the CRM shows one value tier. */
export type HeldTier = {
  readonly tier: string;
  readonly customers: number;
  /** Net amounts in the window of their present scores, those above zero, home minor units. */
  readonly netMinor: number;
};

/** What finishing a complete listing would take away, by object. */
export type Unlisted = {
  /** Live before. */
  readonly stored: number;
  /** Of them those that the listing did not name. */
  readonly missing: number;
};
