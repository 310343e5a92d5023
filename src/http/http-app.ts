import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { codeOf, healthz, readyz } from './health.ts';
import { defaultLimits, type HttpInput } from './http-input.ts';
import { plainHeaders } from './plain-headers.ts';
import {
  bodyTooLarge,
  brokenRequest,
  notReady,
  refuse,
  unknownAddress,
  wrongMethod,
} from './refusal.ts';
import { requestLog } from './request-log.ts';
import { webhookRoute } from './webhook-route.ts';

/**
 * What Assay serves: `POST /webhooks/:connection{/:secret}`, `GET /healthz`, `GET /readyz` and what
 * `more` holds. A webhook is verified, kept and told to the queue before it is answered; no work is done.
 */
export function httpApp(input: HttpInput): Express {
  const limits = { ...defaultLimits, ...input.limits };
  const app = express();
  app
    .disable('x-powered-by')
    .disable('etag')
    .set('trust proxy', input.proxyHops ?? 0);
  app.use(plainHeaders, requestLog(input));
  const { admit, take } = webhookRoute(input, limits);
  // Decompressed bytes would not be those that were signed.
  const rawBody = express.raw({ type: () => true, limit: limits.body, inflate: false });
  app.route('/webhooks/:connection{/:secret}').post(admit, rawBody, take).all(only('POST'));
  app.route('/healthz').get(healthz).all(only('GET'));
  app.route('/readyz').get(readyz(input)).all(only('GET'));
  app.use(...(input.more ?? []), (_req, res) => refuse(res, unknownAddress));
  app.use(renderErrors(input, limits.body));
  return app;
}

function only(method: string): RequestHandler {
  return (_req, res) => {
    res.set('allow', method);
    refuse(res, wrongMethod(method));
  };
}

/** A caller's fault is told; of ours only that there is one: its text may speak of customers. */
function renderErrors({ log }: HttpInput, limit: number): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    const status = statusOf(error);
    if (status >= 500) log.error({ code: codeOf(error) }, 'http.failed');
    if (res.headersSent) next(error);
    else if (status === 413) refuse(res, bodyTooLarge(limit));
    else refuse(res, status < 500 ? { ...brokenRequest, status } : notReady);
  };
}

/** Of what express and its body reader throw; whatever has no status is our own. */
function statusOf(error: unknown): number {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
