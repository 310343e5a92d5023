import type { Request } from 'express';
import { z } from 'zod';

const objectInput = z.looseObject({
  id: z.coerce.string().optional(),
  objectWriteTraceId: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});
const objectBatch = z.looseObject({ inputs: z.array(objectInput) });
const idArray = z.array(z.coerce.string());

/** One input of a batch, by the id it goes by. */
export interface BatchInput {
  readonly id: string | undefined;
  readonly traceId: string | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A request that is about many records: `{inputs: […]}`, or a list's bare array of ids. */
export interface BatchRequest {
  readonly inputs: readonly BatchInput[];
  /** The request's body with only those inputs left that pass. */
  without(isDropped: (input: BatchInput) => boolean): unknown;
}

/** The batch in a request's body; nothing when it is about one record or none. */
export function batchRequest(req: Request): BatchRequest | undefined {
  const ids = idArray.safeParse(req.body);
  if (ids.success) {
    const inputs = ids.data.map((id) => ({ id, traceId: undefined, properties: {} }));
    return { inputs, without: (drop) => kept(ids.data, inputs, drop) };
  }
  const batch = objectBatch.safeParse(req.body);
  if (!batch.success) return undefined;
  const inputs = batch.data.inputs.map((input) => ({
    id: input.id,
    traceId: input.objectWriteTraceId,
    properties: input.properties ?? {},
  }));
  const { inputs: raw, ...rest } = batch.data;
  return { inputs, without: (drop) => ({ ...rest, inputs: kept(raw, inputs, drop) }) };
}

/** Whether a request, batch or not, is about this record. */
export function concerns(req: Request, recordId: string): boolean {
  const inputs = batchRequest(req)?.inputs;
  if (inputs !== undefined) return inputs.some((input) => input.id === recordId);
  return req.path.split('/').includes(recordId);
}

function kept<T>(
  raw: readonly T[],
  inputs: readonly BatchInput[],
  isDropped: (input: BatchInput) => boolean,
): readonly T[] {
  return raw.filter((_, index) => {
    const input = inputs[index];
    return input !== undefined && !isDropped(input);
  });
}
