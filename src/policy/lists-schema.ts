import { z } from 'zod';
import { fieldKeys } from '../domain/field.ts';
import { keySchema } from './catalogue-schema.ts';
import { unique } from './unique.ts';

const values = z
  .array(z.string().min(1))
  .min(1, 'name at least one')
  .superRefine(unique(null, String));

const listSchema = z
  .strictObject({
    key: keySchema,
    /** As people see it in the CRM. */
    name: z.string().trim().min(1, 'name the list').max(80),
    /** Customers in one of these value tiers; the short form of `field: value_tier`. */
    tiers: values.optional(),
    /** Customers whose result is one of `values`. */
    field: z.enum(fieldKeys).optional(),
    values: values.optional(),
  })
  .superRefine((list, context) => {
    const general = list.field !== undefined && list.values !== undefined;
    const some = list.field !== undefined || list.values !== undefined;
    if (list.tiers === undefined ? !general : some)
      context.addIssue({
        code: 'custom',
        path: [],
        message: 'a list has `tiers`, or a `field` and its `values`',
      });
  });

/** Lists kept in the CRM. */
export const listsSchema = z
  .array(listSchema)
  .superRefine(unique('key', (list) => list.key))
  .superRefine(unique('name', (list) => list.name))
  .transform((lists) =>
    lists.map(({ key, name, tiers, field = 'value_tier', values: given = [] }) => {
      return { key, name, field, values: tiers ?? given };
    }),
  );
