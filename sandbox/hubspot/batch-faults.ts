import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { holdAnswer, replaceAnswer } from '../kit/answer.ts';
import { type BatchInput, type BatchRequest, batchRequest } from './batch-request.ts';
import type { BatchFault } from './fault-effect.ts';

const batchAnswer = z.looseObject({ results: z.array(z.unknown()) });
const json = { 'content-type': 'application/json;charset=utf-8' };

/**
 * Lets a batch write only a part of what it was asked. The inputs that are hit are taken out before
 * the router sees them, so that nothing is written for them, and the answer is made up afterwards.
 */
export function applyBatchFault(
  fault: BatchFault,
  req: Request,
  res: Response,
  next: NextFunction,
  now: number,
): void {
  const batch = batchRequest(req);
  if (batch === undefined) {
    echoSingle(req, res, now);
    return;
  }
  const hit = hitInputs(fault, batch);
  const body = batch.without((input) => hit.has(input));
  const told = (results: readonly unknown[]) => tell(fault, [...hit], results, now);
  if (hit.size === batch.inputs.length && !Array.isArray(body)) {
    // An empty batch is an error to the router, so nobody is asked.
    answer(res, fault, told([]));
    return;
  }
  req.body = body;
  holdAnswer(res, ({ body: text, send }) => {
    const results = res.statusCode < 300 ? parsedAnswer(text) : undefined;
    if (results === undefined) send();
    else answer(res, fault, { ...results, ...told(results.results) });
  });
  next();
}

function hitInputs(fault: BatchFault, batch: BatchRequest): ReadonlySet<BatchInput> {
  const { recordIds, count } = fault;
  if (recordIds === undefined) return new Set(batch.inputs.slice(0, count));
  return new Set(batch.inputs.filter(({ id }) => id !== undefined && recordIds.includes(id)));
}

function tell(
  fault: BatchFault,
  hit: readonly BatchInput[],
  results: readonly unknown[],
  now: number,
): Readonly<Record<string, unknown>> {
  const at = new Date(now).toISOString();
  const answered = { status: 'COMPLETE', startedAt: at, completedAt: at, results };
  if (fault.kind === 'partial') {
    return { ...answered, numErrors: hit.length, errors: hit.map(refusal) };
  }
  if (fault.mode === 'omit') return answered;
  return { ...answered, results: [...results, ...hit.map((input) => echo(input, at))] };
}

// README 8: what failed is named in `context`, a create by its trace id.
function refusal({ id, traceId }: BatchInput) {
  return {
    status: 'error',
    category: 'VALIDATION_ERROR',
    message: `Record ${id ?? traceId ?? ''} could not be written.`,
    context: {
      ...(id === undefined ? {} : { ids: [id] }),
      ...(traceId === undefined ? {} : { objectWriteTraceId: [traceId] }),
    },
  };
}

function echo({ id = '0', properties }: BatchInput, at: string) {
  return { id, properties, createdAt: at, updatedAt: at, archived: false };
}

function answer(res: Response, fault: BatchFault, body: Readonly<Record<string, unknown>>): void {
  const success = res.req.path.endsWith('/create') ? 201 : 200;
  const status = fault.kind === 'partial' ? 207 : success;
  replaceAnswer(res, status, json, JSON.stringify(body));
}

function parsedAnswer(text: string): z.output<typeof batchAnswer> | undefined {
  // A list's membership answer and a bodiless 204 have no results to add to.
  const parsed = batchAnswer.safeParse(text.startsWith('{') ? JSON.parse(text) : undefined);
  return parsed.success ? parsed.data : undefined;
}

// A write to one record can only be silent by saying that it was done.
function echoSingle(req: Request, res: Response, now: number): void {
  const body = z.looseObject({ properties: z.record(z.string(), z.unknown()) }).safeParse(req.body);
  const properties = body.success ? body.data.properties : {};
  const at = new Date(now).toISOString();
  const id = req.path.split('/').at(-1);
  const record = echo({ id, traceId: undefined, properties }, at);
  replaceAnswer(res, req.method === 'POST' ? 201 : 200, json, JSON.stringify(record));
}
