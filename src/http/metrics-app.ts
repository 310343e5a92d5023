import express, { type Express } from 'express';
import { healthz } from './health.ts';
import type { HttpInput } from './http-input.ts';
import { plainHeaders } from './plain-headers.ts';
import { refuse, unknownAddress } from './refusal.ts';

/** What a worker shows of itself: `GET /healthz` and what `more` holds, such as `/metrics`. */
export function metricsApp(more: NonNullable<HttpInput['more']>): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').use(plainHeaders);
  app.get('/healthz', healthz);
  app.use(...more, (_req, res) => refuse(res, unknownAddress));
  return app;
}
