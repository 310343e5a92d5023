import { z } from 'zod';
import { languages } from './language.ts';
import { unique } from './unique.ts';

/** Keys of tiers and lists: what the CRM stores. */
export const TIER_KEY = /^[a-z][a-z0-9_]{0,39}$/;

const REST = 'rest';

const label = z.record(z.enum(languages), z.string().trim().min(1).max(40));

const tierSchema = z.strictObject({
  key: z
    .string()
    .regex(TIER_KEY, 'a key is a lower-case letter, then letters, digits or _')
    .refine((key) => key !== 'none', '`none` means no tier; choose another key'),
  label,
  /** Share of the base (0.05 is 5 %), counted from the top; `rest` for the lowest. */
  share: z.union([z.number().gt(0).lt(1), z.literal(REST)], {
    error: 'must be a share of the base between 0 and 1, or `rest` for the lowest tier',
  }),
  /** Value score from which it begins where the cuts are fixed or the base is too small. */
  from: z.int().min(0).max(100),
});

type Classes = readonly z.output<typeof tierSchema>[];
type Context = z.core.$RefinementCtx<Classes>;

/** The value tiers, highest first; together they cover 0–100 without gap or overlap. */
export const tiersSchema = z.strictObject({
  mode: z.enum(['quantile', 'fixed']),
  classes: z
    .array(tierSchema)
    .min(1, 'name at least one tier')
    .superRefine(unique('key', (tier) => tier.key))
    .superRefine(checkShares)
    .superRefine(checkFrom),
});

function checkShares(classes: Classes, context: Context): void {
  const total = classes.reduce((sum, { share }) => sum + (share === REST ? 0 : share), 0);
  if (total >= 1)
    context.addIssue({
      code: 'custom',
      path: [],
      message: `the shares add up to ${Math.round(total * 100)} %; leave something for the rest`,
    });
  for (const [at, { share }] of classes.entries())
    if ((share === REST) !== (at === classes.length - 1))
      context.addIssue({
        code: 'custom',
        path: [at, 'share'],
        message: 'the lowest tier, and no other, has the share `rest`',
      });
}

function checkFrom(classes: Classes, context: Context): void {
  for (const [at, { from }] of classes.entries()) {
    const above = classes[at - 1];
    if (above !== undefined && from >= above.from)
      context.addIssue({
        code: 'custom',
        path: [at, 'from'],
        message: `must be below the ${above.from} of \`${above.key}\` above it`,
      });
  }
  const lowest = classes.at(-1);
  if (lowest !== undefined && lowest.from !== 0)
    context.addIssue({
      code: 'custom',
      path: [classes.length - 1, 'from'],
      message: 'the lowest tier begins at 0, so that every score has a tier',
    });
}
