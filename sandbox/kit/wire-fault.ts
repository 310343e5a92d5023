import type { NextFunction, Response } from 'express';
import { z } from 'zod';
import { assertNever } from '../../src/lib/assert-never.ts';
import { holdAnswer, replaceAnswer } from './answer.ts';

/** Before: the call never reaches the CRM. After: it does its work, and the caller does not learn. */
const when = z.enum(['before', 'after']).default('before');
const status = z.number().int().min(400).max(599);

/** Faults of the network and of servers in between: nothing in them is peculiar to one CRM. */
export const wireFault = z.discriminatedUnion('kind', [
  /** A chosen answer with a JSON body. */
  z.object({
    kind: z.literal('reply'),
    status,
    body: z.unknown(),
    headers: z.record(z.string(), z.string()).default({}),
    when,
  }),
  /** What a proxy says in place of the CRM: a page. */
  z.object({ kind: z.literal('html'), status: status.default(502), when }),
  /** What a load balancer says: a status and nothing else, not even a content type. */
  z.object({ kind: z.literal('empty'), status: status.default(504), when }),
  /** The connection ends without an answer. */
  z.object({ kind: z.literal('reset'), when }),
  z.object({ kind: z.literal('slow'), ms: z.number().min(0), when }),
  /** The right status and headers, half of the body. */
  z.object({ kind: z.literal('truncated') }),
]);
export type WireFault = Readonly<z.output<typeof wireFault>>;

/** Makes the fault happen to this call; goes on to the router only where the call is to work. */
export function applyWireFault(fault: WireFault, res: Response, next: NextFunction): void {
  if (fault.kind === 'truncated') {
    holdAnswer(res, ({ body, send }) => send(body.slice(0, Math.floor(body.length / 2))));
    next();
    return;
  }
  if (fault.kind === 'slow') {
    delay(fault, res, next);
    return;
  }
  if (fault.when === 'before') {
    strike(fault, res);
    return;
  }
  holdAnswer(res, () => strike(fault, res));
  next();
}

function delay(
  fault: Extract<WireFault, { kind: 'slow' }>,
  res: Response,
  next: NextFunction,
): void {
  if (fault.when === 'before') {
    setTimeout(next, fault.ms);
    return;
  }
  holdAnswer(res, ({ send }) => {
    setTimeout(send, fault.ms);
  });
  next();
}

function strike(
  fault: Exclude<WireFault, { kind: 'slow' } | { kind: 'truncated' }>,
  res: Response,
): void {
  switch (fault.kind) {
    case 'reply': {
      const headers = { 'content-type': 'application/json;charset=utf-8', ...fault.headers };
      replaceAnswer(res, fault.status, headers, JSON.stringify(fault.body ?? {}));
      return;
    }
    case 'html': {
      const page = `<html><head><title>${fault.status}</title></head><body></body></html>`;
      replaceAnswer(res, fault.status, { 'content-type': 'text/html' }, page);
      return;
    }
    case 'empty':
      replaceAnswer(res, fault.status, {}, '');
      return;
    case 'reset':
      res.socket?.destroy();
      return;
    default:
      assertNever(fault);
  }
}
