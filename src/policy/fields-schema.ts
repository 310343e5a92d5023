import { z } from 'zod';
import { fieldKeys } from '../domain/field.ts';
import { nearest } from '../lib/nearest.ts';
import { unique } from './unique.ts';

const result = z.enum(fieldKeys);

const named = z.strictObject({
  result,
  /** Name of the CRM's field, behind the connection's prefix. */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,59}$/, 'a name is a lower-case letter, then letters, digits or _'),
});

const fieldSchema = z.union([result, named], { error: ({ input }) => unreadable(input) });
type Written = z.output<typeof fieldSchema>;

/** Results written to the CRM, one field each. */
export const fieldsSchema = z
  .array(fieldSchema)
  .min(1, 'name at least one result')
  .superRefine(unique<Written>(null, resultOf, nameOf))
  .transform((fields) => fields.map((field) => ({ key: resultOf(field), name: nameOf(field) })));

function resultOf(field: Written) {
  return typeof field === 'string' ? field : field.result;
}

/** A field is named as its result unless another name is given. */
function nameOf(field: Written): string {
  return typeof field === 'string' ? field : field.name;
}

function isResult(given: unknown): boolean {
  return result.safeParse(given).success;
}

function unreadable(given: unknown): string {
  if (typeof given === 'object' && given !== null && 'result' in given && !isResult(given.result))
    return unreadable(given.result);
  if (typeof given !== 'string') return 'must be a result, or { result: …, name: … }';
  const close = nearest(given, fieldKeys);
  const hint = close === null ? `there are ${fieldKeys.join(', ')}` : `did you mean \`${close}\`?`;
  return `no result is called \`${given}\`; ${hint}`;
}
