import type { App } from '../../app.ts';
import type { HttpInput } from '../../http/http-input.ts';
import { metricsRoute } from '../../http/metrics-route.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { openMetrics } from '../../telemetry/metrics.ts';

type Counted = { readonly app: App; readonly clock: Clock; readonly log: Logger };

/** What a process that stays counts of itself, and where it shows it. */
export type SeenFromOutside = {
  readonly observe: NonNullable<HttpInput['observe']>;
  /** `GET /metrics`. */
  readonly more: NonNullable<HttpInput['more']>;
};

export async function metricsOf({ app, clock, log }: Counted): Promise<SeenFromOutside> {
  const { config, store } = app;
  const { connections, metricsToken: token = null } = config;
  const metrics = openMetrics({ connections, store, queue: await app.queue(), clock, log });
  app.listen(metrics.tell);
  const { observe, render, contentType } = metrics;
  return { observe, more: [metricsRoute({ render, contentType, token })] };
}
