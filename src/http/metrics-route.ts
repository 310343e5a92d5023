import express, { type RequestHandler } from 'express';
import { isSameSecret } from '../lib/same-secret.ts';
import type { Secret } from '../lib/secret.ts';
import { refuse } from './refusal.ts';

export type MetricsRoute = {
  readonly render: () => Promise<string>;
  readonly contentType: string;
  /** Whoever asks must show it as a bearer token; `null`: nobody is asked. */
  readonly token: Secret | null;
};

const unproven = {
  ...{ status: 401, code: 'METRICS_UNPROVEN', message: 'These metrics are not for everybody.' },
  todo: 'Send ASSAY_METRICS_TOKEN as `Authorization: Bearer …`.',
};

/** `GET /metrics`, for Prometheus. */
export function metricsRoute({ render, contentType, token }: MetricsRoute): RequestHandler {
  const router = express.Router();
  router.get('/metrics', async (req, res) => {
    if (!isPermitted(req.headers.authorization, token)) {
      res.set('www-authenticate', 'Bearer');
      return refuse(res, unproven);
    }
    // Not `send`, which would add a charset of its own.
    res.set('content-type', contentType).end(await render());
  });
  return router;
}

function isPermitted(header: string | undefined, token: Secret | null): boolean {
  if (token === null) return true;
  const shown = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  return shown !== undefined && isSameSecret(shown, token.reveal());
}
