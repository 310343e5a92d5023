import type { PullObject } from '../../src/domain/pull-task.ts';
import type { OwnMarks } from './criteria.ts';
import { ZohoRefusal } from './errors.ts';
import { moduleOf, type PullContext } from './pull-context.ts';
import { fieldsToRead } from './shape.ts';

/** Whether COQL refused a query because of what it names (facts §4.2). */
export function isQueryRefused(error: unknown): error is ZohoRefusal {
  return error instanceof ZohoRefusal && error.zohoCode === 'INVALID_QUERY';
}

/** Whether the field with our markers is what a refused query has wrong, or nothing else is named. */
export function blamesMarks({ details }: ZohoRefusal, marks: OwnMarks | null): marks is OwnMarks {
  const column = details['column_name'];
  return marks !== null && (column === undefined || column === marks.field);
}

/**
 * The fields to go on with after COQL refused one. The metadata is asked anew: a field that is gone
 * is asked for no more. One that is there is read by GET from now on.
 * @throws AssayError `FIELD_HIDDEN` when a mapped one is gone; the refusal when it names no field.
 */
export async function fieldsAfterRefusal(
  context: PullContext,
  object: PullObject,
  refusal: ZohoRefusal,
  asked: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { session, refused } = context;
  session.metadata.forget(moduleOf(session, object));
  const fields = await fieldsToRead(session, object, signal);
  const column = String(refusal.details['column_name'] ?? '');
  const isOther = asked.length !== fields.length || asked.some((name) => !fields.includes(name));
  if (isOther) return fields;
  if (!fields.includes(column)) throw refusal;
  session.log.warn({ object, field: column }, 'pull.coql-refuses');
  refused[object].add(column);
  return fields;
}

/** Fields of these that COQL refuses to select. */
export function refusedOf(
  { refused }: PullContext,
  object: PullObject,
  fields: readonly string[],
): readonly string[] {
  return fields.filter((name) => refused[object].has(name));
}
