import { type Change, type ChangePriority, changePriorities } from '../domain/change.ts';
import type { FieldKey } from '../domain/field.ts';
import type { Policy } from '../policy/schema.ts';
import { desiredFields } from './desired-fields.ts';
import type { ScoredCustomer } from './scored-customer.ts';

/** A change that has no place in a plan yet. */
export type ProposedChange = Omit<Change, 'seq'>;

/**
 * The fields of one customer that differ from what the CRM holds; `null` when none does. Only
 * fields that the policy writes are looked at.
 */
export function changeOf({ score, held }: ScoredCustomer, policy: Policy): ProposedChange | null {
  const desired = desiredFields(score, policy);
  const fields = policy.fields
    .map((key) => ({ key, from: held[key] ?? null, to: desired[key] ?? null }))
    .filter(({ from, to }) => from !== to);
  if (fields.length === 0) return null;
  const priority = mostPressing(fields.map(({ key }) => priorities[key]));
  return { customerId: score.customerId, priority, fields };
}

function mostPressing(found: readonly ChangePriority[]): ChangePriority {
  return changePriorities.find((priority) => found.includes(priority)) ?? 'fact';
}

const priorities: Readonly<Record<FieldKey, ChangePriority>> = {
  value_tier: 'tier',
  value_score: 'score',
  loyalty_score: 'score',
  rfm: 'score',
  recency_score: 'score',
  frequency_score: 'score',
  monetary_score: 'score',
  net_amount: 'fact',
  orders: 'fact',
  first_order_on: 'fact',
  last_order_on: 'fact',
  confidence: 'fact',
  reason: 'fact',
};
