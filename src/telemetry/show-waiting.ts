import type { ConnectionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { WorkQueue } from '../jobs/work-queue.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Store } from '../store/store.ts';
import type { GaugeValue, Meters } from './meters.ts';

export type ScrapeSource = {
  readonly store: {
    readonly inbox: Pick<Store['inbox'], 'waiting'>;
    readonly channels: Pick<Store['channels'], 'expiries'>;
    readonly stops: Pick<Store['stops'], 'all'>;
  };
  readonly queue: Pick<WorkQueue, 'depth'>;
  readonly clock: Clock;
  readonly log: Logger;
};

type Label = (connection: ConnectionId) => string;

/** A part that does not answer keeps no figure of the others back. */
const answerMs = 5_000;

/** Asks store and queue what waits, for all processes. */
export async function showWaiting(
  meters: Meters,
  source: ScrapeSource,
  label: Label,
): Promise<void> {
  const parts = {
    inbox: () => showInbox(meters, source, label),
    channels: () => showChannels(meters, source, label),
    stops: () => showStops(meters, source, label),
    queue: () => showQueue(meters, source),
  };
  const faults = await Promise.all(
    Object.entries(parts).map(async ([part, ask]) => {
      const value = (await isAnswered(ask, (error) => tellFault(source.log, part, error))) ? 0 : 1;
      return { labels: { part }, value };
    }),
  );
  meters.show('assay_scrape_faults', faults);
}

function tellFault(log: Logger, part: string, error: unknown): void {
  log.warn({ part, error: error instanceof Error ? error.name : typeof error }, 'metrics.missing');
}

async function isAnswered(
  ask: () => Promise<void>,
  onFault: (error: unknown) => void,
): Promise<boolean> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new RangeError('late')), answerMs);
  try {
    await Promise.race([ask(), late.promise]);
    return true;
  } catch (error) {
    onFault(error);
    return false;
  } finally {
    clearTimeout(timer);
  }
}

async function showInbox({ show }: Meters, { store, clock }: ScrapeSource, label: Label) {
  const waiting = await store.inbox.waiting();
  const hints = waiting.map(({ connection, hints: value }) => ({ connection, value }));
  const ages = waiting.map(({ connection, oldestAt }) => ({
    ...{ connection, value: secondsSince(oldestAt, clock) },
  }));
  show('assay_inbox_hints', together(hints, label, sum));
  show('assay_inbox_oldest_seconds', together(ages, label, Math.max));
}

async function showChannels({ show }: Meters, { store, clock }: ScrapeSource, label: Label) {
  const lapses = (await store.channels.expiries()).map(({ connection, expiresAt }) => ({
    ...{ connection, value: -secondsSince(expiresAt, clock) },
  }));
  show('assay_channel_lapses_seconds', together(lapses, label, Math.min));
}

async function showStops({ show }: Meters, { store }: ScrapeSource, label: Label) {
  const stopped = (await store.stops.all()).map(({ connection }) => ({ connection, value: 1 }));
  show('assay_connection_stopped', together(stopped, label, sum));
}

async function showQueue({ show }: Meters, { queue }: ScrapeSource) {
  const { waiting, oldestMs, dead } = await queue.depth();
  show('assay_queue_messages', [{ labels: {}, value: waiting }]);
  const oldest = oldestMs === null ? [] : [{ labels: {}, value: oldestMs / 1_000 }];
  show('assay_queue_oldest_seconds', oldest);
  show('assay_dead_letters', [{ labels: {}, value: dead }]);
}

function secondsSince(instant: Instant, { now }: Clock): number {
  return (now() - Date.parse(instant)) / 1_000;
}

type OfConnection = { readonly connection: ConnectionId; readonly value: number };

/** One value a label. */
function together(
  values: readonly OfConnection[],
  label: Label,
  join: (one: number, other: number) => number,
): readonly GaugeValue[] {
  const groups = Map.groupBy(values, ({ connection }) => label(connection));
  return [...groups].map(([connection, group]) => ({
    labels: { connection },
    value: group.map(({ value }) => value).reduce((one, other) => join(one, other)),
  }));
}

function sum(one: number, other: number): number {
  return one + other;
}
