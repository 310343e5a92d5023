import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { z } from 'zod';

/** One entry of an error body's `errors`. HubSpot leaves out whatever it has no value for. */
export interface ErrorDetail {
  readonly message: string;
  readonly code?: string;
  readonly in?: string;
  readonly subCategory?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** What HubSpot answers to a refused call (README 4). */
export interface ErrorBody {
  /** `error`, except at the token endpoint, which names what was wrong (README 6). */
  readonly status: string;
  readonly error?: string;
  readonly error_description?: string;
  readonly message: string;
  readonly category?: string;
  readonly subCategory?: string;
  readonly errors?: readonly ErrorDetail[];
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly links?: Readonly<Record<string, string>>;
  /** 429 only: key of choice for a client that tells the policies apart. */
  readonly policyName?: string;
  readonly errorType?: string;
  readonly requestId?: string;
}

/** A refusal on its way out: thrown anywhere below the routers, rendered by {@link renderErrors}. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: ErrorBody, headers: Readonly<Record<string, string>> = {}) {
    super(body.message);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** 400 `VALIDATION_ERROR`: the request is understood and refused. */
export function validationError(message: string, errors?: readonly ErrorDetail[]): ApiError {
  const detail = errors === undefined ? {} : { errors };
  return new ApiError(400, { status: 'error', message, category: 'VALIDATION_ERROR', ...detail });
}

/** 404 `OBJECT_NOT_FOUND`. */
export function notFound(message = 'resource not found'): ApiError {
  return new ApiError(404, { status: 'error', message, category: 'OBJECT_NOT_FOUND' });
}

/** 409 `CONFLICT`, for instance "Contact already exists. Existing ID: 51" (README 11). */
export function conflict(message: string): ApiError {
  return new ApiError(409, { status: 'error', message, category: 'CONFLICT' });
}

/** 403 `MISSING_SCOPES`; any one of the scopes would have done (README 5). */
export function missingScopes(scopes: readonly string[]): ApiError {
  return new ApiError(403, {
    status: 'error',
    message:
      "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    category: 'MISSING_SCOPES',
    errors: [
      {
        message: 'One or more of the following scopes are required.',
        context: { requiredGranularScopes: scopes },
      },
    ],
    links: { scopes: 'https://developers.hubspot.com/scopes' },
  });
}

/**
 * 401. `EXPIRED_AUTHENTICATION` for a token that was good once, `INVALID_AUTHENTICATION` otherwise.
 */
export function unauthorized(
  category: 'INVALID_AUTHENTICATION' | 'EXPIRED_AUTHENTICATION',
  message: string,
): ApiError {
  return new ApiError(401, { status: 'error', message, category });
}

/** The JSON body of an error as it goes over the wire; every answer has its own correlation id. */
export function renderError(error: ApiError): ErrorBody & { readonly correlationId: string } {
  return { ...error.body, correlationId: randomUUID() };
}

/** Last handler but one: a path that no router took. */
export const unknownPath: RequestHandler = (_req, _res, next) => {
  next(notFound());
};

// express.json() throws http-errors: plain errors that carry the status they ask for.
const bodyParserError = z.object({ status: z.number().int().min(400).max(499) });

/** Renders every error as HubSpot's JSON, with the content type that its client needs (README 4). */
export const renderErrors: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  const known = toApiError(error);
  res.status(known.status).set(known.headers).json(renderError(known));
};

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const parser = bodyParserError.safeParse(error);
  if (parser.success) {
    const body = { status: 'error', category: 'VALIDATION_ERROR' } as const;
    return new ApiError(parser.data.status, { ...body, message: `Invalid input JSON: ${message}` });
  }
  // A fault of the sandbox itself. The message is kept: whoever reads it is debugging the sandbox.
  return new ApiError(500, { status: 'error', message, category: 'INTERNAL_ERROR' });
}
