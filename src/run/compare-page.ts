import type { Change, MembershipChange } from '../domain/change.ts';
import type { PlanId, RecordId } from '../domain/ids.ts';
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
  ids: readonly RecordId[],
  firstSeq: number,
): Promise<number> {
  if (ids.length === 0) return 0;
  const { plans } = ctx.store;
  const { planId } = compared;
  await plans.supersede(ctx.connection, planId, ids);
  const current = await scoredAsHeldSoon(ctx, ids);
  const { changes, memberships } = compare(ctx, compared, current, firstSeq);
  compared.digest?.add(changes, memberships);
  if (changes.length > 0) await plans.addChanges(planId, changes);
  if (memberships.length > 0) await plans.addMemberships(planId, memberships);
  step('plan.page-compared');
  return changes.length;
}

/**
 * As the CRM will hold them once what is being sent has arrived. What is on its way is asked for before
 * what is there: a receipt that comes in between is seen in what is there, and is never missed.
 */
async function scoredAsHeldSoon(
  ctx: Pick<RunContext, 'connection' | 'store'>,
  ids: readonly RecordId[],
): Promise<readonly ScoredCustomer[]> {
  const arriving = await onItsWay(ctx, ids);
  const select = { after: null, limit: ids.length, ids };
  return arriving(await ctx.store.scores.page(ctx.connection, select));
}

/** What is being sent to these customers, to be laid over what they hold. */
export async function onItsWay(
  { connection, store }: Pick<RunContext, 'connection' | 'store'>,
  ids: readonly RecordId[],
): Promise<(page: readonly ScoredCustomer[]) => readonly ScoredCustomer[]> {
  const sending = await store.plans.sending(connection, ids);
  const steps = Map.groupBy(
    await store.plans.sendingSteps(connection, ids),
    ({ customerId }) => customerId,
  );
  return (page) =>
    page.map((one) => {
      const { customerId } = one.score;
      const held = { ...one.held, ...sending.get(customerId) };
      return { ...one, held, lists: listsAfter(one.lists, steps.get(customerId) ?? []) };
    });
}

function listsAfter(
  lists: readonly string[],
  steps: readonly MembershipChange[],
): readonly string[] {
  if (steps.length === 0) return lists;
  const keys = new Set(lists);
  for (const { listKey, action } of steps)
    if (action === 'add') keys.add(listKey);
    else keys.delete(listKey);
  return [...keys].toSorted();
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
