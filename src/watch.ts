import type { Config } from './config/config.ts';
import type { Meter } from './connector/http/meter.ts';
import type { ConnectionId } from './domain/ids.ts';
import type { Tell, WorkEvent } from './domain/work-event.ts';
import { openAlerts } from './jobs/alerts.ts';
import type { Clock } from './lib/clock.ts';
import { newListeners } from './lib/listeners.ts';
import type { Logger } from './lib/logger.ts';
import { noTracer, type Tracer } from './lib/tracer.ts';
import type { Store } from './store/store.ts';
import { openOtlpTracer } from './telemetry/otlp-tracer.ts';

/** The part of the app that sees what happens and tells others of it. */
export type Watch = {
  readonly tell: Tell;
  readonly listen: (listener: Tell) => void;
  readonly tracer: Tracer;
  /** What a connection's calls are told to. */
  readonly meterOf: (connection: ConnectionId, crm: string) => Meter;
  /** Sends what waits to be sent. */
  readonly close: () => Promise<void>;
};

type WatchOptions = {
  readonly config: Pick<Config, 'alerts' | 'traces'>;
  readonly store: Pick<Store, 'alerts'>;
  readonly clock: Clock;
  readonly log: Logger;
};

/** Alerts and traces, as far as the config asks for them. */
export function openWatch({ config, store, clock, log }: WatchOptions): Watch {
  const { alerts: alerting = null, traces = null } = config;
  const { tell, listen } = newListeners<WorkEvent>((error) => {
    log.error({ error: error instanceof Error ? error.name : typeof error }, 'watch.failed');
  });
  const alerts =
    alerting === null ? null : openAlerts({ settings: alerting, store: store.alerts, clock, log });
  if (alerts !== null) listen(alerts.tell);
  const exporter = traces === null ? null : openOtlpTracer({ settings: traces, clock, log });
  const tracer = exporter ?? noTracer;
  return {
    ...{ tell, listen, tracer },
    meterOf: (connection, crm) => meterOf(tell, tracer, { connection, crm }),
    close: async () => {
      await Promise.all([alerts?.close(), exporter?.close()]);
    },
  };
}

function meterOf(
  tell: Tell,
  tracer: Tracer,
  of: { readonly connection: ConnectionId; readonly crm: string },
): Meter {
  return ({ endpoint, status, startedAt, ms, quota }) => {
    tell({ kind: 'call', ...of, endpoint, status, startedAt, ms });
    if (quota !== null) tell({ kind: 'quota', connection: of.connection, ...quota });
    const facts = { 'assay.connection': of.connection, 'http.response.status_code': status };
    const isError = status === null || status >= 400;
    tracer.ended({ name: endpoint, facts, startedAt, ms, isError });
  };
}
