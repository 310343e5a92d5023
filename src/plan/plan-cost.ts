import type { PlanCost } from '../domain/plan.ts';
import type { QuotaUnit } from '../domain/quota.ts';
import type { WriteRoute } from '../domain/write-route.ts';

/** What the account may use in a day, and our share of it; `null` when the CRM does not tell. */
export type PlanQuota = {
  readonly unit: QuotaUnit;
  readonly limit: number | null;
  readonly ours: { readonly budget: number | null };
};

/** What writing costs in one CRM. */
export type CostFrame = {
  /** From the connector: how so many changes are written. */
  readonly route: (changes: number) => WriteRoute;
  readonly membershipsPerCall: number;
  /** What a full membership call costs of the quota. */
  readonly membershipCallSpends: number;
  readonly quota: PlanQuota;
};

/** Of so many changes, and so many steps on each list. */
export function planCost(
  { route, membershipsPerCall, membershipCallSpends, quota }: CostFrame,
  changes: number,
  forLists: readonly number[],
): PlanCost {
  const { unit, limit } = quota;
  const fields = route(changes);
  const perList = forLists.map((steps) => steps / membershipsPerCall);
  const calls = sum([fields.calls, ...perList.map(Math.ceil)]);
  const listSpends = perList.map((full) => Math.ceil(full * membershipCallSpends));
  const spends = sum([fields.spends, ...listSpends]);
  const isKnown = limit !== null && limit > 0;
  const quotaShare = isKnown ? spends / limit : null;
  return { calls, spends, unit, quotaShare, days: daysOf(spends, quota), route: fields.reason };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function daysOf(spends: number, { ours }: PlanQuota): number | null {
  const { budget } = ours;
  return budget === null || budget <= 0 || spends <= budget ? null : Math.ceil(spends / budget);
}
