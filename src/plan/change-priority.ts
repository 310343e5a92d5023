import { type ChangePriority, changePriorities } from '../domain/change.ts';
import type { FieldKey } from '../domain/field.ts';
import { isChoice } from '../domain/field-kinds.ts';

/** Of a change of these fields: that of the most pressing one. */
export function changePriority(keys: readonly FieldKey[]): ChangePriority {
  const found = keys.map(priorityOf);
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
