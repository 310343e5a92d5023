/**
 * The class families and the classes that the code computes in each. A customer is in at most one
 * class of a family; families do not look at each other. Keys never change: labels are the policy's.
 * An `attribute_segment`'s classes are the user's.
 */
export const classFamilies = {
  segment: [
    'champions',
    'loyal',
    'potential_loyalist',
    'new_customers',
    'promising',
    'need_attention',
    'about_to_sleep',
    'at_risk',
    'cannot_lose',
    'hibernating',
    'lost',
  ],
  quadrant: ['star', 'big_unattached', 'loyal_small', 'other'],
  customer_class: ['existing', 'potential', 'lost', 'new', 'new_potential'],
  lifecycle: ['potential', 'first_purchase', 'repeat', 'loyal', 'lost', 'returned'],
  frequency_class: ['high', 'low', 'potential'],
  importance: ['red', 'normal', 'black'],
  trend: ['rising', 'steady', 'falling'],
  key_account: ['key', 'other'],
  interest: ['price_sensitive', 'brand_loyal', 'function_interested'],
  churn_risk: ['low', 'medium', 'high'],
  attribute_segment: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Key of a class family; the field that its class is written to has the same key. */
export type FamilyKey = keyof typeof classFamilies;

export function isFamilyKey(key: string): key is FamilyKey {
  return key in classFamilies;
}

/** Key of a class of one family; of a user's own, any text. */
export type ClassKey<F extends FamilyKey = FamilyKey> = F extends 'attribute_segment'
  ? string
  : (typeof classFamilies)[F][number];
