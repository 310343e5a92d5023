import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { holdAnswer, replaceAnswer } from '../kit/answer.ts';
import { type BatchRequest, batchRequest } from './batch-request.ts';
import type { BatchFault, RecordRefusal } from './fault-effect.ts';
import { JSON_TYPE } from './json-answers.ts';

const answered = z.looseObject({ data: z.array(z.unknown()) });
const result = z.looseObject({ code: z.string() });

/**
 * Lets a batch write only a part of what it was asked. The records that are hit are taken out before
 * the router sees them, so that nothing is written for them, and their results are put back in their
 * places afterwards: results are positional (facts §5.1).
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
    next();
    return;
  }
  const hit = hitPlaces(fault, batch);
  const made = (place: number) => resultOf(fault, batch, place, now);
  if (hit.size === batch.ids.length) {
    // An empty batch is an error to the router, so nobody is asked.
    send(
      res,
      {},
      batch.ids.map((_, place) => made(place)),
      200,
    );
    return;
  }
  req.body = batch.keep((place) => !hit.has(place));
  holdAnswer(res, (answer) => {
    const body = answered.safeParse(answer.body.startsWith('{') ? JSON.parse(answer.body) : null);
    if (!body.success) {
      answer.send();
      return;
    }
    const rest = [...body.data.data];
    const results = batch.ids.map((_, place) => (hit.has(place) ? made(place) : rest.shift()));
    send(res, body.data, results, res.statusCode);
  });
  next();
}

function hitPlaces({ recordIds, count }: BatchFault, batch: BatchRequest): ReadonlySet<number> {
  const places = batch.ids.map((_, place) => place);
  if (recordIds === undefined) return new Set(places.slice(0, count));
  return new Set(places.filter((place) => recordIds.includes(batch.ids[place] ?? '')));
}

function resultOf(fault: BatchFault, batch: BatchRequest, place: number, now: number) {
  const id = batch.ids[place];
  if (fault.kind === 'partial') return refusal(fault.code, place);
  const at = `${new Date(now).toISOString().slice(0, 19)}+00:00`;
  const details = { id: id ?? '0', Modified_Time: at, $approval_state: 'approved' };
  return { code: 'SUCCESS', details, message: 'record updated', status: 'success' };
}

const messages: Readonly<Record<RecordRefusal, string>> = {
  INVALID_DATA: 'invalid data',
  RECORD_LOCKED: 'record is locked',
  NOT_APPROVED: 'record is in approval',
  NOT_REVIEWED: 'record is in review',
};

function refusal(code: RecordRefusal, place: number) {
  const locked = { api_name: 'id', action: 'record_locking' };
  const path = { api_name: 'id', json_path: `$.data[${place}].id` };
  const details = code === 'RECORD_LOCKED' ? locked : path;
  return { code, details, message: messages[code], status: 'error' };
}

// 200 all good, 207 mixed, 400 all failed (facts §5.1).
function send(
  res: Response,
  body: Readonly<Record<string, unknown>>,
  data: readonly unknown[],
  success: number,
): void {
  const good = data.filter((each) => result.safeParse(each).data?.code === 'SUCCESS').length;
  const mixed = good === 0 ? 400 : 207;
  const status = good === data.length ? Math.min(success, 201) : mixed;
  const text = JSON.stringify({ ...body, data });
  replaceAnswer(res, status, { 'content-type': JSON_TYPE }, text);
}
