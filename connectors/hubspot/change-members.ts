import type { RecordId } from '../../src/domain/ids.ts';
import type { KnownList, MembershipReceipt } from '../../src/domain/list.ts';
import { chunk } from '../../src/lib/chunk.ts';
import { batchSize } from './read-batch.ts';
import type { Session } from './session.ts';
import { ensureWhole } from './whole-answer.ts';
import { membershipAnswer, membershipsOfRecords } from './wire-schema.ts';

/** One step onto a list or off it. */
export type Step = { readonly customerId: RecordId; readonly action: 'add' | 'remove' };

/**
 * Adds and removes in one call. A step that the answer does not name was done before, or was not done
 * at all: of those the memberships are read, and what is not there is sent once more (BEHAVIOR 29).
 */
export async function changeMembers(
  session: Session,
  list: KnownList,
  steps: readonly Step[],
  signal: AbortSignal,
): Promise<readonly MembershipReceipt[]> {
  const first = await send(session, list, steps, signal);
  const missing = await notThere(session, list, unnamed(steps, first), signal);
  if (missing.length === 0) return receiptsOf(list, steps, first);
  const again = await send(session, list, missing, signal);
  const lost = new Set(await notThere(session, list, unnamed(missing, again), signal));
  const named = new Map([...first, ...again]);
  return receiptsOf(list, steps, named).map((one, at) => {
    const step = steps[at];
    if (step === undefined || !lost.has(step)) return one;
    return receipt(list, step, 'rejected', 'WRITE_NOT_CONFIRMED');
  });
}

/** What the answer says of a step. */
type Named = ReadonlyMap<Step, 'done' | 'missing'>;

async function send(
  { client, paths }: Session,
  list: KnownList,
  steps: readonly Step[],
  signal: AbortSignal,
): Promise<Named> {
  const idsOf = (action: Step['action']) =>
    steps.filter((step) => step.action === action).map(({ customerId }) => customerId);
  const answer = await client.send(
    {
      method: 'PUT',
      path: paths.changeMembers(list.crmId),
      body: { recordIdsToAdd: idsOf('add'), recordIdsToRemove: idsOf('remove') },
      answer: membershipAnswer,
      effect: 'write',
    },
    signal,
  );
  const done = { add: new Set(answer.recordsIdsAdded), remove: new Set(answer.recordIdsRemoved) };
  const missing = new Set(answer.recordIdsMissing);
  const named = new Map<Step, 'done' | 'missing'>();
  for (const step of steps) {
    if (done[step.action].has(step.customerId)) named.set(step, 'done');
    else if (missing.has(step.customerId)) named.set(step, 'missing');
  }
  return named;
}

function unnamed(steps: readonly Step[], named: Named): readonly Step[] {
  return steps.filter((step) => !named.has(step));
}

/** Of these steps those whose customer is not where it was to be. */
async function notThere(
  session: Session,
  { crmId }: KnownList,
  steps: readonly Step[],
  signal: AbortSignal,
): Promise<readonly Step[]> {
  const members = new Set<RecordId>();
  for (const some of chunk(steps, batchSize))
    for (const id of await membersAmong(session, crmId, some, signal)) members.add(id);
  return steps.filter(({ customerId, action }) => members.has(customerId) !== (action === 'add'));
}

async function membersAmong(
  { client, paths, customers }: Session,
  listId: string,
  steps: readonly Step[],
  signal: AbortSignal,
): Promise<readonly RecordId[]> {
  const { typeId: objectTypeId } = customers;
  const path = paths.membershipsOfRecords;
  const { results, errors } = await client.send(
    {
      ...{ method: 'POST', path, answer: membershipsOfRecords, effect: 'read' },
      body: { inputs: steps.map(({ customerId: recordId }) => ({ objectTypeId, recordId })) },
    },
    signal,
  );
  ensureWhole(`POST ${path}`, errors);
  return results.flatMap(({ recordId, recordListMemberships: on }) =>
    on.some((one) => one.listId === listId) ? [recordId] : [],
  );
}

function receiptsOf(
  list: KnownList,
  steps: readonly Step[],
  named: Named,
): readonly MembershipReceipt[] {
  return steps.map((step) => {
    const said = named.get(step);
    if (said === 'done') return receipt(list, step, 'applied');
    if (said === 'missing' && step.action === 'add')
      return receipt(list, step, 'rejected', 'RECORD_GONE');
    return receipt(list, step, 'unchanged');
  });
}

export function receipt(
  { key }: KnownList,
  step: Step,
  outcome: MembershipReceipt['outcome'],
  code?: string,
): MembershipReceipt {
  return { listKey: key, ...step, outcome, ...(code !== undefined && { code }) };
}
