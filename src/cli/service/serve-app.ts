import type { App } from '../../app.ts';
import type { ConnectionId } from '../../domain/ids.ts';
import { httpInputOf } from '../../http/app-input.ts';
import { httpApp } from '../../http/http-app.ts';
import { type Listening, listen } from '../../http/listen.ts';
import { metricsApp } from '../../http/metrics-app.ts';
import { askChannels } from '../../jobs/ask-channels.ts';
import { askWaiting } from '../../jobs/ask-waiting.ts';
import { tick } from '../../jobs/schedule.ts';
import { startTicker } from '../../jobs/ticker.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { metricsOf } from './metrics-of.ts';

/** A process that stays. */
export type Service = {
  readonly app: App;
  readonly clock: Clock;
  readonly log: Logger;
  /** Connections that are worked on at once. */
  readonly parallel: number;
  /** Ends it: work stops at its next batch. */
  readonly signal: AbortSignal;
};

export type ServeOptions = {
  readonly host: string;
  readonly port: number;
  /** Called once webhooks are taken, with our address. */
  readonly onReady?: (url: string) => Promise<void>;
  /** Calls `look` again and again until stopped. Default every full minute. */
  readonly startTicking?: typeof startTicker;
};

/** For requests under way when the end was asked for. */
const graceMs = 3_000;

/** Takes what the queue has until the signal ends it. */
export async function runWorker({ app, parallel, signal }: Service): Promise<void> {
  const queue = await app.queue();
  await queue.consume(app.work, { parallel, signal });
}

/** The same, showing `/healthz` and `/metrics` at an address of its own. */
export async function runWatchedWorker(
  service: Service,
  address: { readonly host: string; readonly port: number },
): Promise<void> {
  const { more } = await metricsOf(service);
  const server = await listen(metricsApp(more), address);
  service.log.info({ url: server.url }, 'service.listening');
  try {
    await runWorker(service);
  } finally {
    await server.close(graceMs);
  }
}

/** Webhooks, schedule and a worker in one process, until the signal ends it. */
export async function serveApp(service: Service, options: ServeOptions): Promise<void> {
  const { app, clock, log, signal } = service;
  const queue = await app.queue();
  const seen = await metricsOf(service);
  const server = await listen(httpApp(httpInputOf(app, { queue, clock, log, ...seen })), options);
  const closed = closedWhen(signal, server);
  try {
    const source = await app.schedule();
    const connections = source.connections.map(({ connection }) => connection);
    await askWaiting({ ...source, connections, reason: 'manual' });
    await tick(source);
    await askChannels(source, subscribedOf(app));
    const ticker = (options.startTicking ?? startTicker)(() => tick(source), log);
    try {
      app.store.hear((word) => void queue.send(word).catch(() => undefined));
      await options.onReady?.(server.url);
      await runWorker(service);
    } finally {
      app.store.hear(null);
      await ticker.stop();
    }
  } finally {
    await closed.now();
  }
}

/** Whose subscriptions to webhooks we make ourselves, at the address that we give. */
function subscribedOf(app: App): ReadonlySet<ConnectionId> {
  const ours = app.webhooks().filter(({ receiver: { proof } }) => proof === 'channel');
  return new Set(ours.map(({ connection }) => connection));
}

/** No new request once the end was asked for, while work under way comes to its own. */
function closedWhen(signal: AbortSignal, server: Listening) {
  let closing: Promise<void> | null = null;
  const now = async (): Promise<void> => {
    closing ??= server.close(graceMs);
    await closing;
  };
  const begin = (): void => {
    now().catch(() => undefined);
  };
  signal.addEventListener('abort', begin, { once: true });
  return { now };
}
