import { z } from 'zod';
import { classFamilies } from '../domain/classes.ts';
import { attributeSchema } from './attribute-schema.ts';
import { keySchema, looksShape, textsShape } from './catalogue-schema.ts';
import { unique } from './unique.ts';

export const classShape = { key: keySchema, ...textsShape, ...looksShape };

/** A class of the user's own, which no rule gives: only people move customers into it. */
const manual = z.literal(true).optional();
type Context<T> = z.core.$RefinementCtx<readonly T[]>;
type Entry = { readonly key: string; readonly manual?: true | undefined };

/**
 * A family whose classes the code computes: each of them is there once, and beside them only those
 * that people alone give.
 */
function familySchema(keys: readonly string[]) {
  const classes = z
    .array(z.strictObject({ ...classShape, manual }))
    .superRefine(unique('key', ({ key }) => key))
    .superRefine(onlyThese(keys));
  return z.strictObject({ ...textsShape, classes });
}

function onlyThese(
  keys: readonly string[],
): (classes: readonly Entry[], context: Context<Entry>) => void {
  return (classes, context) => {
    const present = new Set(classes.map(({ key }) => key));
    const missing = keys.filter((key) => !present.has(key));
    if (missing.length > 0)
      context.addIssue({
        code: 'custom',
        path: [],
        message: `lacks \`${missing.join('`, `')}\`: every class has a label`,
      });
    for (const [at, entry] of classes.entries()) {
      const message = wrongIn(entry, keys);
      if (message !== null) context.addIssue({ code: 'custom', path: [at, 'key'], message });
    }
  };
}

function wrongIn({ key, manual: isManual }: Entry, keys: readonly string[]): string | null {
  if (keys.includes(key))
    return isManual === true
      ? `\`${key}\` is computed by the rules; \`manual\` is for classes of your own`
      : null;
  if (isManual === true) return null;
  return `no class of this family has the key \`${key}\`; there are ${keys.join(', ')}. A class of your own, which only people give, has \`manual: true\``;
}

/** Classes of the user's own: the first whose attributes all have one of the values. */
const attributeSegmentSchema = z.strictObject({
  ...textsShape,
  classes: z
    .array(
      z.strictObject({
        ...classShape,
        where: z
          .record(attributeSchema, z.array(z.string().trim().min(1)).min(1, 'name a value'))
          .refine((where) => Object.keys(where).length > 0, 'name an attribute and its values')
          .optional(),
        manual,
      }),
    )
    .superRefine((classes, context) => {
      for (const [at, { where, manual: isManual }] of classes.entries())
        if ((where === undefined) === (isManual === undefined))
          context.addIssue({
            code: 'custom',
            path: [at, 'where'],
            message: 'give `where`: attributes and their values, or `manual: true`',
          });
    })
    .superRefine(unique('key', ({ key }) => key)),
});

/** Every class family's catalogue. Keys never change; labels are free. */
export const familiesSchema = z.strictObject({
  segment: familySchema(classFamilies.segment),
  quadrant: familySchema(classFamilies.quadrant),
  customer_class: familySchema(classFamilies.customer_class),
  lifecycle: familySchema(classFamilies.lifecycle),
  frequency_class: familySchema(classFamilies.frequency_class),
  importance: familySchema(classFamilies.importance),
  trend: familySchema(classFamilies.trend),
  key_account: familySchema(classFamilies.key_account),
  interest: familySchema(classFamilies.interest),
  churn_risk: familySchema(classFamilies.churn_risk),
  attribute_segment: attributeSegmentSchema,
});
