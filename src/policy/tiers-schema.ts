import { z } from 'zod';
import { keySchema, looksShape, textsShape } from './catalogue-schema.ts';
import { checkFrom, checkSizes } from './tier-checks.ts';
import { unique } from './unique.ts';

/** When a customer's fall from a tier is looked at. */
const reviews = ['anytime', 'monthly', 'quarterly', 'half-yearly', 'anniversary'] as const;

const tierSchema = z.strictObject({
  key: keySchema,
  ...textsShape,
  ...looksShape,
  /** Share of the base (0.05 is 5 %), counted from the top; `rest` for the lowest. */
  share: z
    .union([z.number().gt(0).lt(1), z.literal('rest')], {
      error: 'must be a share of the base between 0 and 1, or `rest` for the lowest tier',
    })
    .optional(),
  /** In place of a share: so many customers. */
  top: z.int().min(1).max(100_000_000).optional(),
  /** Value score from which it begins where the cuts are fixed or the base is too small. */
  from: z.int().min(0).max(100),
  /** Key of a service level and of a communication strategy, or none. */
  serviceLevel: z.string().nullable(),
  strategy: z.string().nullable(),
});

/** What keeps a customer in a tier although the score fell. */
const holdSchema = z.strictObject({
  /** Value points below the cut before a fall begins. */
  hysteresis: z.int().min(0).max(20),
  /** A fall must last so many days. */
  graceDays: z.int().min(0).max(366),
  /** At most so many tiers down in one review. */
  stepsDown: z.union([z.int().min(1).max(20), z.literal('any')], {
    error: 'must be a number of tiers from 1 to 20, or `any`',
  }),
  review: z.enum(reviews),
});

/** The value tiers, highest first; together they cover 0–100 without gap or overlap. */
export const tiersSchema = z.strictObject({
  mode: z.enum(['quantile', 'fixed']),
  classes: z
    .array(tierSchema)
    .min(1, 'name at least one tier')
    .superRefine(unique('key', (tier) => tier.key))
    .superRefine(checkSizes)
    .superRefine(checkFrom)
    .transform((classes) =>
      classes.map(({ share = null, top = null, ...tier }) => ({ ...tier, share, top })),
    ),
  /** Sub-grades inside a tier, best first. */
  grades: z
    .array(z.string().regex(/^[a-z]$/, 'a grade is one lower-case letter'))
    .max(10)
    .superRefine(unique(null, (grade) => grade)),
  hold: holdSchema,
});
