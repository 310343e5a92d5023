import { z } from 'zod';
import { fieldKeys } from '../domain/field.ts';
import { creditSchema, loyaltySchema, valueSchema } from './score-schema.ts';
import { thresholdsSchema } from './thresholds-schema.ts';
import { TIER_KEY, tiersSchema } from './tiers-schema.ts';
import { unique } from './unique.ts';

/** When a full run finds new cut points; between, the frozen ones hold. */
const cutRefreshes = ['nightly', 'monthly', 'review'] as const;

const listSchema = z.strictObject({
  key: z.string().regex(TIER_KEY, 'a key is a lower-case letter, then letters, digits or _'),
  name: z.string().trim().min(1, 'name the list').max(80),
  tiers: z.array(z.string()).min(1, 'name at least one tier'),
});

/** `config/policy.yaml`: how customers are scored, and what of it is written. */
export const policySchema = z
  .strictObject({
    /** Version of the file's format. */
    format: z.literal(1),
    windowMonths: z.int().min(1).max(120),
    cuts: z.strictObject({
      refresh: z.enum(cutRefreshes),
      /** Customers that bought in the window; below, `fixed` holds instead of quantiles. */
      minimumBase: z.int().min(1),
    }),
    rfm: z.strictObject({
      mode: z.enum(['quantile', 'fixed']),
      fixed: thresholdsSchema,
    }),
    value: valueSchema,
    loyalty: loyaltySchema,
    credit: creditSchema,
    tiers: tiersSchema,
    lists: z
      .array(listSchema)
      .superRefine(unique('key', (list) => list.key))
      .superRefine(unique('name', (list) => list.name)),
    fields: z
      .array(z.enum(fieldKeys))
      .min(1, 'name at least one result')
      .superRefine(unique(null, (key) => key)),
  })
  .superRefine(({ lists, tiers }, context) => {
    const known = new Set(tiers.classes.map(({ key }) => key));
    for (const [at, list] of lists.entries())
      for (const [place, tier] of list.tiers.entries())
        if (!known.has(tier))
          context.addIssue({
            code: 'custom',
            path: ['lists', at, 'tiers', place],
            message: `no tier has the key \`${tier}\`; there are ${[...known].join(', ')}`,
          });
  }, whenReadable());

/** The checked policy; all of it plain data. */
export type Policy = z.output<typeof policySchema>;

/** One value tier of the policy. */
export type TierClass = Policy['tiers']['classes'][number];

/** Cross-checks run even where another part of the file is wrong, if theirs are readable. */
function whenReadable(): { readonly when: (payload: { readonly value: unknown }) => boolean } {
  const parts = z.object({
    lists: z.array(listSchema),
    tiers: z.object({ classes: z.array(z.object({ key: z.string() })) }),
  });
  return { when: ({ value }) => parts.safeParse(value).success };
}
