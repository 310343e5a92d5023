import type { Request, RequestHandler, Response } from 'express';
import type { CallFacts } from '../kit/count-calls.ts';
import { endpointOf } from './auth.ts';
import { findEndpoint } from './endpoints.ts';

/** Notes in `res.locals.endpoint` what the path is; stands behind the version, before auth. */
export const nameEndpoint: RequestHandler = (req, res, next) => {
  res.locals['endpoint'] = findEndpoint(req.method, req.path);
  next();
};

/** What the call log keeps of a call. */
export function callFacts(req: Request, res: Response): CallFacts {
  const endpoint = endpointOf(res);
  const policy: string | undefined = res.locals['policy'];
  return {
    endpoint: endpoint?.name ?? `${req.method} (unknown)`,
    kind: endpoint?.kind ?? 'other',
    lane: endpoint?.lane ?? 'general',
    ...(policy === undefined ? {} : { policy }),
  };
}
