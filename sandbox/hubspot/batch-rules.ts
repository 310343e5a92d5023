import { z } from 'zod';
import { conflict, validationError } from './errors.ts';
import type { ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import type { WrittenValues } from './write-rules.ts';

/** Inputs of one batch of records (README 8). */
const BATCH_LIMIT = 100;

/** `inputs` of a batch, refused when there are too many. */
export function batchOf<T extends z.ZodType>(input: T, limit = BATCH_LIMIT) {
  return z.array(input).max(limit, `The maximum batch size is ${limit}.`);
}

/** Refuses a batch that names a record twice; HubSpot would not say which write wins. */
export function checkNoDuplicates(ids: readonly string[]): void {
  const seen = new Set<string>();
  const twice = ids.filter((id) => seen.size === seen.add(id).size);
  if (twice.length > 0)
    throw validationError(
      `Duplicate IDs found in batch input: [${[...new Set(twice)]}]. IDs must be unique`,
    );
}

/** Refuses a batch whose inputs would hold the same unique value. */
export function checkDistinctValues(
  portal: Portal,
  type: ObjectType,
  inputs: readonly WrittenValues[],
): void {
  const seen = new Set<string>();
  for (const [name, value] of inputs.flatMap((values) => Object.entries(values))) {
    if (!value || portal.schema.definition(type, name)?.hasUniqueValue !== true) continue;
    const key = `${name}:${value.toLowerCase()}`;
    if (seen.has(key)) throw conflict(`Two inputs of the batch hold the same ${name}.`);
    seen.add(key);
  }
}
