import { z } from 'zod';
import { fieldKeys } from '../domain/field.ts';
import { unique } from './unique.ts';

const result = z.enum(fieldKeys);

const fieldSchema = z
  .union([
    result,
    z.strictObject({
      result,
      /** Name of the CRM's field, behind the connection's prefix. */
      name: z
        .string()
        .regex(
          /^[a-z][a-z0-9_]{0,59}$/,
          'a name is a lower-case letter, then letters, digits or _',
        ),
    }),
  ])
  .transform((given) =>
    typeof given === 'string'
      ? { key: given, name: given }
      : { key: given.result, name: given.name },
  );

/** Results written to the CRM, one field each. */
export const fieldsSchema = z
  .array(fieldSchema)
  .min(1, 'name at least one result')
  .superRefine(unique(null, ({ key }) => key))
  .superRefine(unique(null, ({ name }) => name));
