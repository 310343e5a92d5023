import type { ConnectionId } from '../domain/ids.ts';
import type { Tell } from '../domain/work-event.ts';
import type { HttpEvent } from '../http/http-input.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { countHttp } from './count-http.ts';
import { countWork } from './count-work.ts';
import { newMeters } from './meters.ts';
import { type QuotaSeen, showQuota } from './quota-seen.ts';
import { type ScrapeSource, showWaiting } from './show-waiting.ts';

/** Connections with a label of their own; the rest share `other`, so that series stay countable. */
const mostConnections = 500;

export type MetricsSource = ScrapeSource & {
  /** In the order of the config. */
  readonly connections: readonly { readonly id: ConnectionId; readonly crm: string }[];
  readonly clock: Clock;
  readonly log: Logger;
};

export type Metrics = {
  readonly tell: Tell;
  readonly observe: (event: HttpEvent) => void;
  /** In Prometheus' text format. */
  readonly render: () => Promise<string>;
  readonly contentType: string;
};

/** Metrics of this process, and of what waits in store and queue for all, in a registry of its own. */
export function openMetrics(source: MetricsSource): Metrics {
  const { connections, clock } = source;
  const meters = newMeters();
  const crms = new Map(connections.map(({ id, crm }) => [id, crm]));
  const named = new Set(connections.slice(0, mostConnections).map(({ id }) => id));
  const label = (connection: ConnectionId) => (named.has(connection) ? connection : 'other');
  const quota = new Map<ConnectionId, QuotaSeen>();
  const work = { meters, label, quota, clock, crmOf: (id: ConnectionId) => crms.get(id) ?? 'none' };
  return {
    tell: (event) => countWork(work, event),
    observe: (event) => countHttp(meters, label, event),
    render: async () => {
      showQuota(meters, quota, label, clock.now());
      showProcess(meters);
      await showWaiting(meters, source, label);
      return await meters.registry.metrics();
    },
    contentType: meters.registry.contentType,
  };
}

function showProcess({ show }: ReturnType<typeof newMeters>): void {
  const { user, system } = process.cpuUsage();
  const one = (value: number) => [{ labels: {}, value }];
  show('process_resident_memory_bytes', one(process.memoryUsage.rss()));
  show('process_cpu_seconds_total', one((user + system) / 1e6));
  show('process_start_time_seconds', one(Math.round(performance.timeOrigin) / 1_000));
}
