import type { Response } from 'express';
import { ApiError } from './errors.ts';
import { isoInstant } from './instant.ts';
import { OBJECT_TYPE_FACTS, type ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';

/** One entry of a 207's `errors` (README 8). The client's model wants every field but `id`. */
export interface BatchError {
  readonly status: 'error';
  readonly category: string;
  readonly message: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
  readonly subCategory?: string;
  readonly errors: readonly unknown[];
  readonly links: Readonly<Record<string, string>>;
}

/** Answers a batch: `done` when all went well, 207 with the errors otherwise. */
export function sendBatch(
  portal: Portal,
  res: Response,
  done: 200 | 201,
  results: readonly unknown[],
  errors: readonly BatchError[] = [],
): void {
  const at = isoInstant(portal.clock());
  const body = { status: 'COMPLETE', results, requestedAt: at, startedAt: at, completedAt: at };
  if (errors.length === 0) res.status(done).json(body);
  else res.status(207).json({ ...body, numErrors: errors.length, errors });
}

/** HubSpot names all missing ids in one entry. */
export function missingRecords(type: ObjectType, ids: readonly string[]): readonly BatchError[] {
  if (ids.length === 0) return [];
  const noun = OBJECT_TYPE_FACTS[type].singular.toUpperCase();
  const message = `Could not get some ${noun} objects, they may be deleted or not exist. Check that ids are valid.`;
  const shape = { status: 'error' as const, category: 'OBJECT_NOT_FOUND', errors: [], links: {} };
  return [{ ...shape, message, context: { ids } }];
}

/** What an input refused by itself becomes; it is known by its trace id. */
function tracedError(error: ApiError, objectWriteTraceId: string): BatchError {
  const { message, category = 'VALIDATION_ERROR', errors = [] } = error.body;
  const context = { objectWriteTraceId: [objectWriteTraceId] };
  return { status: 'error', category, message, context, errors, links: {} };
}

interface Traced {
  readonly objectWriteTraceId?: string | undefined;
}

/** Inputs answer for themselves when each has a trace id of its own (README 8). */
export function answersEach(inputs: readonly Traced[]): boolean {
  const ids = inputs.map(({ objectWriteTraceId }) => objectWriteTraceId);
  return ids.every((id) => id !== undefined) && new Set(ids).size === ids.length;
}

/** Runs one input; its refusal is kept apart from the others', anything else is thrown on. */
export function attempt<T>(
  objectWriteTraceId: string | undefined,
  write: () => T,
): { readonly result: T } | { readonly error: BatchError } {
  try {
    return { result: write() };
  } catch (error) {
    if (!(error instanceof ApiError) || objectWriteTraceId === undefined) throw error;
    return { error: tracedError(error, objectWriteTraceId) };
  }
}
