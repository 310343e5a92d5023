import type { FieldKey, FieldSpec } from './field.ts';

/** What a CRM stores each result as. */
export const fieldKinds = {
  value_tier: 'choice',
  value_grade: 'choice',
  value_score: 'integer',
  loyalty_score: 'integer',
  credit_score: 'integer',
  activity_index: 'integer',
  rfm: 'text',
  recency_score: 'integer',
  frequency_score: 'integer',
  monetary_score: 'integer',
  segment: 'choice',
  quadrant: 'choice',
  customer_class: 'choice',
  lifecycle: 'choice',
  lifecycle_since: 'day',
  frequency_class: 'choice',
  importance: 'choice',
  trend: 'choice',
  key_account: 'choice',
  interest: 'choice',
  churn_risk: 'choice',
  attribute_segment: 'choice',
  standards_met: 'integer',
  standards: 'text',
  spend_stability: 'decimal',
  service_level: 'choice',
  communication_strategy: 'choice',
  points_balance: 'integer',
  points_value: 'decimal',
  points_expiring: 'integer',
  points_expire_on: 'day',
  biweekly_list: 'text',
  coupon_band: 'text',
  next_order_on: 'day',
  probability_buys: 'decimal',
  expected_orders: 'decimal',
  expected_spend: 'decimal',
  lifetime_value: 'decimal',
  prospect_score: 'integer',
  prospect_reason: 'text',
  data_quality: 'integer',
  data_problems: 'text',
  net_amount: 'decimal',
  orders: 'integer',
  first_order_on: 'day',
  last_order_on: 'day',
  confidence: 'decimal',
  next_step: 'text',
  falls_on: 'day',
  reason: 'text',
} as const satisfies Readonly<Record<FieldKey, FieldSpec['kind']>>;

/** A result that is one of some values the policy names. */
export type ChoiceField = {
  [K in FieldKey]: (typeof fieldKinds)[K] extends 'choice' ? K : never;
}[FieldKey];

export function isChoice(key: FieldKey): key is ChoiceField {
  return fieldKinds[key] === 'choice';
}
