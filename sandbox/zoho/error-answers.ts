import type { ErrorRequestHandler, RequestHandler } from 'express';
import { z } from 'zod';
import { ZohoError } from './errors.ts';

/** Last handler but one: a path that no router took (facts §8). */
export const unknownPath: RequestHandler = (_req, _res, next) => {
  next(
    new ZohoError(
      404,
      'INVALID_URL_PATTERN',
      'Please check if the URL trying to access is a correct one',
    ),
  );
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
