import { applyPlan } from '../apply/apply-plan.ts';
import { AssayError } from '../domain/assay-error.ts';
import type { FieldValues } from '../domain/field.ts';
import type { PlanId, RecordId } from '../domain/ids.ts';
import { silentProgress } from '../domain/progress.ts';
import { localDay } from '../lib/local-day.ts';
import { policyVersion } from '../policy/version.ts';
import { leftOut } from '../score/history.ts';
import { optedOutScore } from '../score/opted-out.ts';
import type { Erasable } from '../store/erasure-store.ts';
import { summarizerOf } from './compare-page.ts';
import type { RunContext } from './context.ts';
import { listsAsKnown } from './lists-as-known.ts';
import { newRunId } from './run-id.ts';

/** What became of our fields and lists in the CRM; `gone`: it has no such record any more. */
export type Cleared = 'cleared' | 'nothing' | 'gone';

/**
 * Empties our fields of one record as the CRM holds them now, and takes it off our lists: a plan as any
 * other, so that the log tells of it and a stop holds it.
 * @throws AssayError `ERASE_UNCLEARED` when the CRM takes it not, and whatever a call throws.
 */
export async function clearRecord(held: RunContext, whom: Erasable): Promise<Cleared> {
  const { connector, store, connection, signal } = held;
  const page = await connector.readRecords({ customers: [whom.id], deals: [] }, signal);
  const now = page.customers.find(({ id }) => id === whom.id);
  if (now === undefined) return 'gone';
  const planId = await clearingPlan(held, whom, now.held);
  if (planId === null) return 'nothing';
  const marker = planId.slice(1);
  await applyPlan({
    ...{ connection, connector, store, planId, marker, signal },
    ...{ clock: held.clock, log: held.log, progress: silentProgress },
  });
  const [rejected] = await store.plans.rejections(planId, 1);
  if (rejected?.code === 'RECORD_GONE') return 'gone';
  if (rejected !== undefined) throw uncleared(whom.id, rejected.message);
  return 'cleared';
}

/** `null`: there is nothing of ours. */
async function clearingPlan(
  held: RunContext,
  { id, lists: memberOf }: Erasable,
  values: FieldValues,
): Promise<PlanId | null> {
  const { connection, connector, store, clock, policy, signal } = held;
  const lists = await listsAsKnown(held);
  const fields = policy.fields.flatMap(({ key }) => {
    const from = values[key] ?? null;
    return from === null ? [] : [{ key, from, to: null }];
  });
  const steps = lists.kept
    .filter(({ key }) => memberOf.includes(key))
    .map(({ key }) => ({ listKey: key, customerId: id, action: 'remove' as const }));
  if (fields.length + steps.length === 0) return null;
  const account = await connector.account(signal);
  const asOf = localDay(clock.now(), account.timeZone);
  const runId = `e${newRunId(clock.now()).slice(1)}`;
  const planId = `p${runId}`;
  const createdAt = new Date(clock.now()).toISOString();
  const about = { kind: 'scores', policyVersion: policyVersion(policy), beside: true } as const;
  await store.plans.supersede(connection, planId, [id]);
  await store.plans.create({ id: planId, connection, runId, createdAt, asOf, ...about });
  const change = { customerId: id, priority: 'tier', fields } as const;
  if (fields.length > 0) await store.plans.addChanges(planId, [{ seq: 0, ...change }]);
  await store.plans.addMemberships(planId, steps);
  const summarizer = summarizerOf(held, lists, account.quota);
  const score = optedOutScore(leftOut(id, account.currency), asOf, { policy });
  summarizer.add(
    { score, held: values, lists: memberOf },
    fields.length > 0 ? change : null,
    steps,
  );
  await store.plans.finish(planId, summarizer.build(), []);
  return planId;
}

function uncleared(id: RecordId, message: string): AssayError {
  return new AssayError(
    'ERASE_UNCLEARED',
    'ask',
    `The CRM did not let our fields of record ${id} be cleared, and nobody was erased: ${message}`,
    'Clear the fields there by hand, or let the CRM take it, then erase with --local.',
  );
}
