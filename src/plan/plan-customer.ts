import { type Change, type ChangePriority, changePriorities } from '../domain/change.ts';
import type { FieldKey } from '../domain/field.ts';
import { isChoice } from '../domain/field-kinds.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
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
  const priority = mostPressing(fields.map(({ key }) => priorityOf(key)));
  return { customerId: score.customerId, priority, fields };
}

function mostPressing(found: readonly ChangePriority[]): ChangePriority {
  return changePriorities.find((priority) => found.includes(priority)) ?? 'fact';
}

/** Scores and classes next to the tier; facts that people look up last. */
function priorityOf(key: FieldKey): ChangePriority {
  if (key === 'value_tier') return 'tier';
  return isChoice(key) || scores.has(key) ? 'score' : 'fact';
}

const scores: ReadonlySet<FieldKey> = new Set<FieldKey>([
  'value_score',
  'loyalty_score',
  'credit_score',
  'activity_index',
  'rfm',
  'recency_score',
  'frequency_score',
  'monetary_score',
  'standards_met',
  'prospect_score',
]);
