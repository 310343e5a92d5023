import type { FieldKey, FieldSpec } from '../domain/field.ts';

/** What a CRM stores each result as. */
export const fieldKinds: Readonly<Record<FieldKey, FieldSpec['kind']>> = {
  value_tier: 'choice',
  value_score: 'integer',
  loyalty_score: 'integer',
  rfm: 'text',
  recency_score: 'integer',
  frequency_score: 'integer',
  monetary_score: 'integer',
  net_amount: 'decimal',
  orders: 'integer',
  first_order_on: 'day',
  last_order_on: 'day',
  confidence: 'decimal',
  reason: 'text',
};
