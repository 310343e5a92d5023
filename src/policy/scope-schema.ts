import { z } from 'zod';
import { attributeSchema } from './attribute-schema.ts';

const value = z.string().trim().min(1);

/** Attributes that all have one of their values. */
const whereSchema = z
  .record(attributeSchema, z.array(value).min(1, 'name a value'))
  .refine((where) => Object.keys(where).length > 0, 'name an attribute and its values');

/** Who is not valued at all, as if they had opted out. Default: everybody is. */
export const scopeSchema = z
  .strictObject({
    exclude: z.array(z.strictObject({ where: whereSchema })).default([]),
    /** Nobody who neither bought nor was created within so many calendar months; `null`: never. */
    silentMonths: z.int().min(1).max(600).nullable().default(null),
  })
  .default({ exclude: [], silentMonths: null });
