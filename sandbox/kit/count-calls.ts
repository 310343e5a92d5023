import type { Request, RequestHandler, Response } from 'express';
import type { Call, CallLog } from './call-log.ts';

/** What a CRM knows about a call once it is over. */
export type CallFacts = Omit<Call, 'at' | 'status'>;

/**
 * Records every call once its answer has gone out or its connection has ended, with the time at
 * which it came in. Stands before everything that can refuse a call.
 */
export function countCalls(
  log: CallLog,
  clock: () => number,
  factsOf: (req: Request, res: Response) => CallFacts,
): RequestHandler {
  return (req, res, next) => {
    const at = clock();
    onceOver(res, () => {
      const status = res.writableEnded ? res.statusCode : 0;
      log.record({ at, ...factsOf(req, res), status });
    });
    next();
  };
}

/** Calls back once, when the answer is out or the connection is gone. */
export function onceOver(res: Response, then: () => void): void {
  let isOver = false;
  const once = () => {
    if (isOver) return;
    isOver = true;
    then();
  };
  // Both, because `finish` comes before the client can act on the answer, and a reset has only `close`.
  res.once('finish', once);
  res.once('close', once);
}
