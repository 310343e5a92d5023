import type { Response } from 'express';

/** Why a request is not served, as it is answered. */
export type Refusal = {
  readonly status: number;
  /** Stable, in the runbook. */
  readonly code: string;
  /** Without secrets or personal data: it goes to whoever called. */
  readonly message: string;
  readonly todo: string;
  /** Seconds, for `Retry-After`. */
  readonly retryAfter?: number;
};

const codes = new WeakMap<Response, string>();

/** Of a request that was refused: for the log. */
export function refusalCode(res: Response): string | null {
  return codes.get(res) ?? null;
}

/** Answers `{code, message, todo}`. */
export function refuse(res: Response, { status, retryAfter, ...body }: Refusal): void {
  codes.set(res, body.code);
  if (retryAfter !== undefined) res.set('retry-after', String(retryAfter));
  res.status(status).json(body);
}

export const unknownAddress: Refusal = {
  ...{ status: 404, code: 'ADDRESS_UNKNOWN', message: 'There is nothing at this address.' },
  todo: 'Look at the path: webhooks go to /webhooks/ and the name of a connection.',
};

export function wrongMethod(allowed: string): Refusal {
  return {
    ...{ status: 405, code: 'METHOD_NOT_ALLOWED' },
    message: `This address takes ${allowed} only.`,
    todo: `Send ${allowed}.`,
  };
}

export function bodyTooLarge(limit: number): Refusal {
  return {
    ...{ status: 413, code: 'BODY_TOO_LARGE' },
    message: `The body is longer than ${limit} bytes.`,
    todo: 'Send fewer events at once.',
  };
}

export function tooManyHints(limit: number): Refusal {
  return {
    ...{ status: 413, code: 'BODY_TOO_LARGE' },
    message: `The delivery speaks of more than ${limit} records.`,
    todo: 'Send fewer events at once.',
  };
}

export function tooManyRequests(waitMs: number): Refusal {
  return {
    ...{ status: 429, code: 'TOO_MANY_REQUESTS', message: 'Too many requests.' },
    todo: 'Wait as long as Retry-After says, then send again.',
    retryAfter: Math.max(1, Math.ceil(waitMs / 1_000)),
  };
}

export const brokenRequest: Refusal = {
  ...{ status: 400, code: 'REQUEST_BROKEN', message: 'The request cannot be read.' },
  todo: 'Send it whole and uncompressed, to a path that is encoded rightly.',
};

/** Whoever sends webhooks tries again by itself. */
export const notReady: Refusal = {
  ...{ status: 503, code: 'NOT_READY', message: 'Assay cannot take this now.' },
  todo: 'Send it again later. Whoever runs Assay finds the cause in its log.',
  retryAfter: 10,
};
