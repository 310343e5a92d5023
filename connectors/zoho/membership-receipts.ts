import type { RecordId } from '../../src/domain/ids.ts';
import type { KnownList, MembershipReceipt } from '../../src/domain/list.ts';
import { fieldOf, refusalOf } from './row-answers.ts';
import type { WireResult } from './wire.ts';

export type Step = { readonly customerId: RecordId; readonly action: 'add' | 'remove' };

export function stepsOf(add: readonly RecordId[], remove: readonly RecordId[]): readonly Step[] {
  return [
    ...add.map((customerId) => ({ customerId, action: 'add' }) as const),
    ...remove.map((customerId) => ({ customerId, action: 'remove' }) as const),
  ];
}

export function receipt(
  { key }: KnownList,
  step: Step,
  outcome: MembershipReceipt['outcome'],
  code?: string,
): MembershipReceipt {
  return { listKey: key, ...step, outcome, ...(code !== undefined && { code }) };
}

/** Of a step that the CRM refused, or did not answer. */
export function refusedReceipt(
  list: KnownList,
  step: Step,
  answer: WireResult | null,
): MembershipReceipt {
  if (answer === null) return receipt(list, step, 'rejected', 'MEMBERSHIP_REFUSED');
  const refusal = refusalOf(answer.code, fieldOf(answer), answer.message);
  if (refusal.kind === 'parked') return receipt(list, step, 'rejected', refusal.code);
  if (refusal.kind === 'gone') return goneMember(list, step);
  return receipt(list, step, 'rejected', 'MEMBERSHIP_REFUSED');
}

/** Who is gone is on no list: that was to be reached by taking him off. */
export function goneMember(list: KnownList, step: Step): MembershipReceipt {
  return step.action === 'remove'
    ? receipt(list, step, 'unchanged')
    : receipt(list, step, 'rejected', 'RECORD_GONE');
}

export function listDeleted(list: KnownList, step: Step): MembershipReceipt {
  return receipt(list, step, 'rejected', 'LIST_DELETED');
}
