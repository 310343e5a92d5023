import { policySchema } from './schema.ts';
import { creditSchema, loyaltySchema, valueSchema } from './score-schema.ts';
import { thresholdsSchema } from './thresholds-schema.ts';
import { tiersSchema } from './tiers-schema.ts';

const { shape } = policySchema;

/** Every key the policy knows, for guessing what a misspelt one meant. */
export const policyKeys: readonly string[] = [
  shape,
  shape.cuts.shape,
  shape.rfm.shape,
  shape.lists.element.shape,
  thresholdsSchema.shape,
  valueSchema.shape,
  loyaltySchema.shape,
  loyaltySchema.shape.repeat.shape,
  loyaltySchema.shape.referral.shape,
  creditSchema.shape,
  tiersSchema.shape,
  tiersSchema.shape.classes.element.shape,
].flatMap((part) => Object.keys(part));
