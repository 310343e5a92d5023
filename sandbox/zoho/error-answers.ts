import type { ErrorRequestHandler, RequestHandler } from 'express';
import { z } from 'zod';
import { findEndpoint } from './endpoints.ts';
import { ZohoError } from './errors.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Last handler but one: a path that no router took, or none with this method (facts §8). */
export const unknownPath: RequestHandler = (req, _res, next) => {
  const isKnown = (method: string) => findEndpoint(method, req.path) !== undefined;
  if (!isKnown(req.method) && methods.some(isKnown)) {
    const message = 'The http request method type is not a valid one';
    next(new ZohoError(400, 'INVALID_REQUEST_METHOD', message));
    return;
  }
  const message = 'Please check if the URL trying to access is a correct one';
  next(new ZohoError(404, 'INVALID_URL_PATTERN', message));
};

// express.raw() throws http-errors: plain errors that carry the status they ask for.
const bodyParserError = z.object({ status: z.number().int().min(400).max(499) });

/** Renders every error as one object (shape A, facts §8). Errors in `data[]` are the routers' own. */
export const renderErrors: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  const known = toZohoError(error);
  res.status(known.status).set(known.headers).json(known.render());
};

function toZohoError(error: unknown): ZohoError {
  if (error instanceof ZohoError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const parser = bodyParserError.safeParse(error);
  if (parser.success) return new ZohoError(parser.data.status, 'INVALID_DATA', message);
  // A fault of the sandbox itself. The message is kept: whoever reads it is debugging the sandbox.
  return new ZohoError(500, 'INTERNAL_ERROR', message);
}
