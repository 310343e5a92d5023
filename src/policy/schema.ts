import { z } from 'zod';
import { segmentsSchema } from './cells-schema.ts';
import { familiesSchema } from './families-schema.ts';
import { fieldsSchema } from './fields-schema.ts';
import { lifetimeSchema, prospectsSchema } from './lifetime-schema.ts';
import { limitSections } from './limits-schema.ts';
import { listsSchema } from './lists-schema.ts';
import { namedListSchema } from './named-schema.ts';
import { eligibilitySchema, pointsSchema } from './points-schema.ts';
import { retiredListSchema } from './retired-schema.ts';
import { scopeSchema } from './scope-schema.ts';
import { creditSchema, loyaltySchema, valueSchema } from './score-schema.ts';
import { serviceLevelsSchema, strategiesSchema } from './service-schema.ts';
import { thresholdsSchema } from './thresholds-schema.ts';
import { tiersSchema } from './tiers-schema.ts';

/** When a full run finds new cut points; between, the frozen ones hold. */
const cutRefreshes = ['nightly', 'monthly', 'review'] as const;

/**
 * `config/policy.yaml`: how customers are scored, and what of it is written. What one section says
 * of another is looked at by `crossProblems`.
 */
export const policySchema = z.strictObject({
  /** Version of the file's format. */
  format: z.literal(1),
  purchase: z.strictObject({
    /** Whether an amount of 0 is a purchase. */
    zeroAmount: z.enum(['order', 'ignored']),
    /** Whether a negative amount lowers net amounts. */
    refunds: z.enum(['subtracted', 'ignored']),
  }),
  windowMonths: z.int().min(1).max(120),
  cuts: z.strictObject({
    refresh: z.enum(cutRefreshes),
    /** Customers that bought in the window; below, `fixed` holds instead of quantiles. */
    minimumBase: z.int().min(1),
  }),
  scope: scopeSchema,
  rfm: z.strictObject({
    mode: z.enum(['quantile', 'fixed']),
    fixed: thresholdsSchema,
  }),
  value: valueSchema,
  loyalty: loyaltySchema,
  credit: creditSchema,
  tiers: tiersSchema,
  serviceLevels: serviceLevelsSchema,
  strategies: strategiesSchema,
  named: namedListSchema,
  ...limitSections,
  points: pointsSchema,
  eligibility: eligibilitySchema,
  lifetime: lifetimeSchema,
  prospects: prospectsSchema,
  lists: listsSchema,
  fields: fieldsSchema,
  segments: segmentsSchema,
  families: familiesSchema,
  retired: retiredListSchema,
});

/** The checked policy; all of it plain data. */
export type Policy = z.output<typeof policySchema>;

/** One value tier of the policy. */
export type TierClass = Policy['tiers']['classes'][number];
