import { z } from 'zod';
import { isSensitive } from '../domain/sensitive-attributes.ts';

/** Name of an attribute that may group customers; the sensitive ones may not. */
export const attributeSchema = z
  .string()
  .trim()
  .min(1, 'name the attribute')
  .max(80)
  .refine((name) => !isSensitive(name), {
    error: ({ input }) =>
      `\`${String(input)}\` is a sensitive attribute: nobody is grouped, ranked or found by it. ` +
      'Ethnicity, religion, health, sex, age, politics and the like would treat people by what they are, not by what they do; name another attribute',
  });
