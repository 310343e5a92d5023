import { z } from 'zod';
import { ZohoError } from './errors.ts';

/** Reads a body, or refuses it with the 400 that Zoho gives to a bad shape: which field, and where. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path ?? [];
  const names = path.filter((part) => typeof part === 'string');
  const details = { api_name: names.at(-1) ?? 'body', json_path: jsonPath(path) };
  if (issue?.code !== 'invalid_type')
    throw new ZohoError(400, 'INVALID_DATA', 'invalid data', details);
  if (valueAt(input, path) === undefined)
    throw new ZohoError(400, 'MANDATORY_NOT_FOUND', 'required field not found', details);
  const expected = { expected_data_type: issue.expected };
  throw new ZohoError(400, 'INVALID_DATA', 'invalid data', { ...expected, ...details });
}

function jsonPath(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
  return `$${parts.join('')}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    input,
  );
}

/** An id in a body: text as Zoho gives them. A number would have lost digits on its way. */
export const idText = z.string().regex(/^\d+$/);
