import type { Change } from '../domain/change.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import { changePriority } from './change-priority.ts';
import { desiredFields } from './desired-fields.ts';
import type { ScoredCustomer } from './scored-customer.ts';

/** A change that has no place in a plan yet. */
export type ProposedChange = Omit<Change, 'seq'>;

/**
 * The fields of one customer that differ from what the CRM holds; `null` when none does. Only
 * fields that the policy writes are looked at.
 */
export function changeOf(
  { score, held }: ScoredCustomer,
  policy: Policy,
  language: Language = 'en',
): ProposedChange | null {
  const desired = desiredFields(score, policy, language);
  const fields = policy.fields
    .map(({ key }) => ({ key, from: held[key] ?? null, to: desired[key] ?? null }))
    .filter(({ from, to }) => from !== to);
  if (fields.length === 0) return null;
  const priority = changePriority(fields.map(({ key }) => key));
  return { customerId: score.customerId, priority, fields };
}
