import { z } from 'zod';
import { validationError } from './errors.ts';

/** Reads a request's body or query, or refuses it with the 400 that HubSpot gives to a bad shape. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => ({
    message: issue.message,
    in: issue.path.join('.'),
  }));
  const summary = errors.map((error) => `${error.in || 'body'}: ${error.message}`).join('; ');
  throw validationError(`Invalid input JSON: ${summary}`, errors);
}

/** Query values that may repeat or be comma-joined: both occur (README 2). */
export const repeated = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => [value ?? []].flat().flatMap((part) => part.split(',')))
  .transform((values) => values.filter((value) => value !== ''));

/** A boolean in a query string; absent means false. */
export const flag = z
  .enum(['true', 'false'])
  .optional()
  .transform((value) => value === 'true');

/** A page size in a query string: refused above `max`, as HubSpot does. */
export function pageSize(fallback: number, max: number) {
  return z.coerce.number().int().min(1).max(max).default(fallback);
}
