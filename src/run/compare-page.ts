import type { Change, MembershipChange } from '../domain/change.ts';
import type { PlanId } from '../domain/ids.ts';
import { step } from '../lib/step.ts';
import type { PlanQuota } from '../plan/plan-cost.ts';
import { changeOf } from '../plan/plan-customer.ts';
import { membershipChangesOf } from '../plan/plan-lists.ts';
import { PlanSummarizer } from '../plan/summarize.ts';
import type { ScoredCustomer } from '../store/store.ts';
import type { RunContext } from './context.ts';
import type { ListsNow } from './list-stage.ts';
import type { PlanDigest } from './plan-digest.ts';

/** The plan that a page of scores is compared for. */
export type ComparedFor = {
  readonly planId: PlanId;
  readonly lists: Pick<ListsNow, 'kept'>;
  readonly summarizer: PlanSummarizer;
  /** Takes in all that the plan would change. Default: nobody needs to know it again. */
  readonly digest?: PlanDigest;
};

export function summarizerOf(
  { connector, policy }: RunContext,
  { kept, sizes, warnings }: Pick<ListsNow, 'kept' | 'sizes' | 'warnings'>,
  quota: PlanQuota,
): PlanSummarizer {
  const { membershipsPerCall, membershipCallSpends } = connector.capabilities;
  const summarizer = new PlanSummarizer({
    lists: kept,
    sizes,
    tiers: policy.tiers.classes.map(({ key }) => key),
    route: connector.writeRoute,
    membershipsPerCall,
    membershipCallSpends,
    quota,
  });
  for (const warning of warnings) summarizer.warn(warning);
  return summarizer;
}

/**
 * Adds to a plan what differs of these customers, and closes what other plans wait to write to them.
 * What is on its way counts as there. Returns how many changes it added.
 */
export async function comparePage(
  ctx: RunContext,
  compared: ComparedFor,
  page: readonly ScoredCustomer[],
  firstSeq: number,
): Promise<number> {
  if (page.length === 0) return 0;
  const { plans } = ctx.store;
  const { planId } = compared;
  const ids = page.map(({ score }) => score.customerId);
  await plans.supersede(ctx.connection, planId, ids);
  const current = await asHeldSoon(ctx, page);
  const { changes, memberships } = compare(ctx, compared, current, firstSeq);
  compared.digest?.add(changes, memberships);
  if (changes.length > 0) await plans.addChanges(planId, changes);
  if (memberships.length > 0) await plans.addMemberships(planId, memberships);
  step('plan.page-compared');
  return changes.length;
}

/** As the CRM will hold them once what is being sent has arrived. */
export async function asHeldSoon(
  { connection, store }: Pick<RunContext, 'connection' | 'store'>,
  page: readonly ScoredCustomer[],
): Promise<readonly ScoredCustomer[]> {
  const ids = page.map(({ score }) => score.customerId);
  const sending = await store.plans.sending(connection, ids);
  return page.map((one) => {
    const fields = sending.get(one.score.customerId);
    return fields === undefined ? one : { ...one, held: { ...one.held, ...fields } };
  });
}

type Compared = {
  readonly changes: readonly Change[];
  readonly memberships: readonly MembershipChange[];
};

/** What differs of them, added up too; nothing is stored. */
export function compare(
  { policy, language }: Pick<RunContext, 'policy' | 'language'>,
  { lists, summarizer }: Pick<ComparedFor, 'lists' | 'summarizer'>,
  page: readonly ScoredCustomer[],
  firstSeq: number,
): Compared {
  const changes: Change[] = [];
  const memberships: MembershipChange[] = [];
  for (const scored of page) {
    const change = changeOf(scored, policy, language);
    const steps = membershipChangesOf(scored, lists.kept, policy);
    summarizer.add(scored, change, steps);
    if (change !== null) changes.push({ seq: firstSeq + changes.length, ...change });
    memberships.push(...steps);
  }
  return { changes, memberships };
}
