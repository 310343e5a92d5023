import { z } from 'zod';
import type { RecordId } from '../../src/domain/ids.ts';
import type { KnownList, MembershipReceipt } from '../../src/domain/list.ts';
import { chunk } from '../../src/lib/chunk.ts';
import {
  goneMember,
  listDeleted,
  receipt,
  refusedReceipt,
  type Step,
  stepsOf,
} from './membership-receipts.ts';
import { readRows } from './read-rows.ts';
import type { Session } from './session.ts';
import { changeTags, idsPerTagCall, readTags } from './tag-calls.ts';
import { idText, type WireRecord, type WireResult } from './wire.ts';

const tagsOfRecord = z
  .array(z.looseObject({ id: idText.optional().catch(undefined), name: z.string().catch('') }))
  .catch([]);

/** Whether a record carries a tag, by the tag's id. */
export function carries(record: WireRecord, tagId: string): boolean {
  return tagsOfRecord.parse(record['Tag']).some(({ id }) => id === tagId);
}

type TagChange = {
  readonly session: Session;
  readonly list: KnownList;
  /** What the tag is called now: an unknown name would make a new one (facts §6). */
  readonly name: string;
  readonly signal: AbortSignal;
};

/** Puts the list's tag on and takes it off; who has it already, or not, is left alone. */
export async function applyTags(
  session: Session,
  list: KnownList,
  add: readonly RecordId[],
  remove: readonly RecordId[],
  signal: AbortSignal,
): Promise<readonly MembershipReceipt[]> {
  const steps = stepsOf(add, remove);
  const tag = (await readTags(session, signal)).find(({ id }) => id === list.crmId);
  if (tag === undefined) return steps.map((step) => listDeleted(list, step));
  const records = await readRows(session, [...add, ...remove], ['Tag'], signal);
  const settled = new Map<Step, MembershipReceipt>();
  for (const step of steps) {
    const now = settledNow(list, step, records.get(step.customerId));
    if (now !== null) settled.set(step, now);
  }
  const change = { session, list, name: tag.name, signal };
  for (const action of ['add', 'remove'] as const) {
    const open = steps.filter((step) => step.action === action && !settled.has(step));
    for (const [step, result] of await changeAll(change, action, open)) settled.set(step, result);
  }
  return steps.map((step) => settled.get(step) ?? refusedReceipt(list, step, null));
}

function settledNow(
  list: KnownList,
  step: Step,
  record: WireRecord | undefined,
): MembershipReceipt | null {
  if (record === undefined) return goneMember(list, step);
  const isSo = carries(record, list.crmId) === (step.action === 'add');
  return isSo ? receipt(list, step, 'unchanged') : null;
}

async function changeAll(
  { session, list, name, signal }: TagChange,
  action: Step['action'],
  steps: readonly Step[],
): Promise<ReadonlyMap<Step, MembershipReceipt>> {
  const done = new Map<Step, MembershipReceipt>();
  for (const some of chunk(steps, idsPerTagCall)) {
    const ids = some.map(({ customerId }) => customerId);
    const answers = await changeTags(session, action, name, ids, signal);
    for (const [at, step] of some.entries())
      done.set(step, receiptOf(list, name, step, answers[at] ?? null));
  }
  return done;
}

const named = z.array(z.looseObject({ name: z.string().catch('') })).catch([]);

function receiptOf(
  list: KnownList,
  name: string,
  step: Step,
  answer: WireResult | null,
): MembershipReceipt {
  if (answer?.code !== 'SUCCESS') return refusedReceipt(list, step, answer);
  // A record that is full keeps what it has, and the answer says SUCCESS all the same (facts §6).
  const dropped = named.parse(answer.details['not_added_tags']);
  const isDropped = dropped.some((tag) => tag.name.toLowerCase() === name.toLowerCase());
  if (step.action === 'add' && isDropped) return receipt(list, step, 'rejected', 'TAG_LIMIT');
  return receipt(list, step, 'applied');
}
