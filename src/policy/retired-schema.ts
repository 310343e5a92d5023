import { z } from 'zod';
import { overrideFamilies } from '../domain/override.ts';
import { keySchema } from './catalogue-schema.ts';
import { unique } from './unique.ts';

const retiredSchema = z.strictObject({
  /** `value_tier`, or the family it was a class of. */
  family: z.enum(overrideFamilies),
  /** Never to be used again in this family. */
  key: keySchema,
  /** Where its customers, floors and overrides go: another class, or `rules`: what the rules give. */
  to: z.string().min(1, 'name a class of the family, or `rules`'),
});

/** Classes that are no more, and what becomes of whoever was given one. */
export const retiredListSchema = z
  .array(retiredSchema)
  .superRefine(unique('key', ({ family, key }) => `${family}/${key}`))
  .default([]);
