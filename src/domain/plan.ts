import type { ConnectionId, PlanId, RunId } from './ids.ts';
import type { QuotaUnit } from './quota.ts';
import type { Instant, LocalDay } from './time.ts';

/**
 * `draft` is being built; `ready` waits to be applied; `applying` has been begun; `applied` has a
 * receipt for every change; `superseded` will never be applied: a newer plan took its place.
 */
export const planStatuses = ['draft', 'ready', 'applying', 'applied', 'superseded'] as const;
export type PlanStatus = (typeof planStatuses)[number];

/** Head of a plan; its changes are read in pages, in order. */
export type Plan = {
  readonly id: PlanId;
  readonly connection: ConnectionId;
  readonly runId: RunId;
  readonly createdAt: Instant;
  readonly asOf: LocalDay;
  readonly status: PlanStatus;
  readonly summary: PlanSummary;
};

/** What a person needs to know before letting it write. */
export type PlanSummary = {
  /** Compared with what the CRM holds. */
  readonly customers: number;
  /** Customers with a field that differs. */
  readonly changes: number;
  /** By first field that makes them worth writing. */
  readonly changesByPriority: Readonly<Record<string, number>>;
  /** Customers by old tier and new tier; `none` is no tier. */
  readonly tierMoves: readonly TierMove[];
  readonly lists: readonly ListSummary[];
  readonly cost: PlanCost;
  readonly warnings: readonly string[];
};

export type TierMove = {
  readonly from: string;
  readonly to: string;
  readonly customers: number;
  /** Their net amount in the window, home minor units. */
  readonly netMinor: number;
};

export type ListSummary = {
  readonly key: string;
  readonly name: string;
  /** Now, before the plan. */
  readonly members: number;
  readonly add: number;
  readonly remove: number;
};

export type PlanCost = {
  readonly calls: number;
  /** Of the quota, in `unit`. */
  readonly spends: number;
  readonly unit: QuotaUnit;
  /** Share of the account's quota of a day, 0–1; `null` when the CRM does not tell. */
  readonly quotaShare: number | null;
  /** Days that our own share of the quota makes of it, when that is more than one; else `null`. */
  readonly days: number | null;
  /** How fields are written, where there is a choice: in words for the admin. */
  readonly route: string | null;
};
