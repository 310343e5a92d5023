/** The results Assay writes, one CRM field each. Keys never change; labels are free. */
export const fieldKeys = [
  'value_tier',
  'value_grade',
  'value_score',
  'loyalty_score',
  'credit_score',
  'activity_index',
  'rfm',
  'recency_score',
  'frequency_score',
  'monetary_score',
  'segment',
  'quadrant',
  'customer_class',
  'lifecycle',
  'lifecycle_since',
  'frequency_class',
  'importance',
  'trend',
  'key_account',
  'interest',
  'churn_risk',
  'attribute_segment',
  'standards_met',
  'standards',
  'spend_stability',
  'service_level',
  'communication_strategy',
  'points_balance',
  'points_value',
  'points_expiring',
  'points_expire_on',
  'biweekly_list',
  'coupon_band',
  'next_order_on',
  'probability_buys',
  'expected_orders',
  'expected_spend',
  'lifetime_value',
  'prospect_score',
  'prospect_reason',
  'data_quality',
  'data_problems',
  'net_amount',
  'orders',
  'first_order_on',
  'last_order_on',
  'confidence',
  'next_step',
  'falls_on',
  'reason',
] as const;
export type FieldKey = (typeof fieldKeys)[number];

/**
 * A field's value in one canonical text form, whatever the CRM's own: an integer `87`, a decimal
 * without trailing zeros `12.5`, a day `2026-11-22`, a choice's key `gold`. `null` is empty.
 * Two values are equal when their texts are: that is what makes a run without changes write nothing.
 */
export type FieldValue = string | null;

/** Values of our own fields on one record. A missing key means empty. */
export type FieldValues = Readonly<Partial<Record<FieldKey, FieldValue>>>;

/** What a field looks like to a CRM's schema. */
export type FieldSpec = {
  readonly key: FieldKey;
  /** Name of the CRM's field, behind the connection's prefix; the key unless the policy gives one. */
  readonly name: string;
  readonly label: string;
  readonly description: string;
} & (
  | {
      readonly kind: 'choice';
      readonly options: readonly FieldOption[];
      /** Values that the field had and never has again. Default: none. */
      readonly retired?: readonly string[];
    }
  | { readonly kind: 'integer' | 'decimal' | 'day' | 'text' }
);

/** One value of a choice field. */
export type FieldOption = { readonly value: string; readonly label: string };
