import type { RequestHandler } from 'express';
import type { CallLog } from '../kit/call-log.ts';
import { endpointOf } from './auth.ts';
import { findEndpoint } from './endpoints.ts';

/** Notes in `res.locals.endpoint` what the path is; stands behind the version, before auth. */
export const nameEndpoint: RequestHandler = (req, res, next) => {
  res.locals['endpoint'] = findEndpoint(req.method, req.path);
  next();
};

/**
 * Records every call once its answer has gone out or its connection has ended, with the time at
 * which it came in. Stands before everything that can refuse a call.
 */
export function countCalls(log: CallLog, clock: () => number): RequestHandler {
  return (req, res, next) => {
    const at = clock();
    let isRecorded = false;
    const record = () => {
      if (isRecorded) return;
      isRecorded = true;
      const endpoint = endpointOf(res);
      const policy: string | undefined = res.locals['policy'];
      log.record({
        at,
        endpoint: endpoint?.name ?? `${req.method} (unknown)`,
        kind: endpoint?.kind ?? 'other',
        lane: endpoint?.lane ?? 'general',
        status: res.writableEnded ? res.statusCode : 0,
        ...(policy === undefined ? {} : { policy }),
      });
    };
    // Both, because `finish` comes before the client can act on the answer, and a reset has only `close`.
    res.once('finish', record);
    res.once('close', record);
    next();
  };
}
