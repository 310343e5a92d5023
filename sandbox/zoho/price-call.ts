import type { Request, RequestHandler, Response } from 'express';
import type { CallFacts } from '../kit/count-calls.ts';
import { endpointOf } from './auth.ts';
import { compositeParts } from './composite-request.ts';
import { findEndpoint } from './endpoints.ts';
import type { Price, UnsurePrices } from './prices.ts';

const free: Price = { credits: 0, isComplex: false };

/** Notes what the call is, from its path; stands before everything that may refuse it. */
export const nameEndpoint: RequestHandler = (req, res, next) => {
  res.locals['endpoint'] = findEndpoint(req.method, req.path);
  next();
};

/** Notes what the call costs; its body must have been read. */
export function priceCall(unsure: UnsurePrices): RequestHandler {
  return (req, res, next) => {
    res.locals['price'] = priced(req, res, unsure);
    next();
  };
}

export function priceOf(res: Response): Price {
  return res.locals['price'] ?? free;
}

/** The credits that a call was charged, for the call log. */
export function noteCost(res: Response, credits: number): void {
  res.locals['cost'] = credits;
}

/** The limit that refused this call, for the call log. */
export function notePolicy(res: Response, policy: string): void {
  res.locals['policy'] = policy;
}

/** What the call log keeps of a call. */
export function callFacts(req: Request, res: Response): CallFacts {
  const endpoint = endpointOf(res);
  const policy: string | undefined = res.locals['policy'];
  return {
    endpoint: endpoint?.name ?? `${req.method} (unknown)`,
    kind: endpoint?.kind ?? 'other',
    lane: priceOf(res).isComplex ? 'complex' : 'plain',
    cost: res.locals['cost'] ?? 0,
    ...(policy === undefined ? {} : { policy }),
  };
}

function priced(req: Request, res: Response, unsure: UnsurePrices): Price {
  const endpoint = endpointOf(res);
  // A path that leads nowhere was a call all the same.
  if (endpoint === undefined) return { credits: 1, isComplex: false };
  const own = endpoint.priceOf({ query: req.query, body: req.body }, unsure);
  if (!endpoint.isComposite) return own;
  const parts = compositeParts(req.body).map(({ method, path, query, body }) =>
    findEndpoint(method, path)?.priceOf({ query, body }, unsure),
  );
  const ofParts = parts.reduce((sum, part) => sum + (part?.credits ?? 0), 0);
  return { ...own, credits: own.credits + ofParts };
}
