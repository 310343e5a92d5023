import type { GuardName, Hold } from './hold.ts';
import type { ConnectionId, PlanId, RecordId, RunId } from './ids.ts';
import type { QuotaUnit } from './quota.ts';
import type { Instant, LocalDay } from './time.ts';

/**
 * `draft` is being built; `held` waits for a person's word; `ready` waits to be applied; `applying` has
 * been begun; `applied` has a receipt for every change; `rejected` and `superseded` will never be
 * applied: a person said no, or a newer plan took its place.
 */
export const planStatuses = [
  'draft',
  'held',
  'ready',
  'applying',
  'applied',
  'rejected',
  'superseded',
] as const;
export type PlanStatus = (typeof planStatuses)[number];

/** `rollback`: takes back what earlier plans wrote. */
export const planKinds = ['scores', 'rollback'] as const;
export type PlanKind = (typeof planKinds)[number];

/** Head of a plan; its changes are read in pages, in order. */
export type Plan = {
  readonly id: PlanId;
  readonly connection: ConnectionId;
  readonly runId: RunId;
  readonly createdAt: Instant;
  readonly asOf: LocalDay;
  readonly kind: PlanKind;
  readonly status: PlanStatus;
  /** Of the policy that made it. */
  readonly policyVersion: string;
  /** Why it waits, or waited; empty for one that nothing held. */
  readonly holds: readonly Hold[];
  /** What a person said of it. */
  readonly decision: PlanDecision | null;
  /** SHA-256 over what it would change, so that the same plan is known again; `null` of a draft. */
  readonly digest: string | null;
  readonly summary: PlanSummary;
};

/** A person's word on a held plan. */
export type PlanDecision = {
  readonly decided: 'approved' | 'rejected';
  readonly by: string;
  readonly at: Instant;
  readonly why: string;
  /** The guards that were let pass. */
  readonly allowed: readonly GuardName[];
  /** Rejected because a person rejected that plan, which would have changed the same; else `null`. */
  readonly sameAs: PlanId | null;
};

/** What a plan still waits for: what nobody has let pass. */
export function openHolds({ holds, decision }: Pick<Plan, 'holds' | 'decision'>): readonly Hold[] {
  const allowed: readonly string[] = decision?.allowed ?? [];
  return holds.filter(({ by }) => !allowed.includes(by));
}

/** Whether it would write nothing at all. */
export function isEmptyPlan({ changes, lists }: Pick<PlanSummary, 'changes' | 'lists'>): boolean {
  return changes === 0 && lists.every(({ add, remove }) => add === 0 && remove === 0);
}

/** One of the customers whose change of tier matters most. */
export type PlanMove = {
  readonly customerId: RecordId;
  /** The tier that the CRM holds, and the tier of the score; `null` is no tier. */
  readonly from: string | null;
  readonly to: string | null;
  /** Its net amount in the window, home minor units. */
  readonly netMinor: number;
  /** That which the CRM holds; absent where it is the same, or not known. */
  readonly heldMinor?: number;
  /** Why, as the field `reason` says it. */
  readonly reason: string;
};

/** What a person needs to know before letting it write. */
export type PlanSummary = {
  /** Compared with what the CRM holds. */
  readonly customers: number;
  /** Customers with a field that differs. */
  readonly changes: number;
  /** By first field that makes them worth writing. */
  readonly changesByPriority: Readonly<Record<string, number>>;
  /** Customers by the key of a field that changes. */
  readonly changesByField: Readonly<Record<string, number>>;
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
  /** That which the CRM holds; absent where it is the same, or not known. */
  readonly heldMinor?: number;
};

/** How much is at stake in a move, whichever way it went; home minor units. */
export function stakeOf({
  netMinor,
  heldMinor = netMinor,
}: Pick<TierMove, 'netMinor' | 'heldMinor'>): number {
  return Math.max(Math.abs(netMinor), Math.abs(heldMinor));
}

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
