import { AssayError } from '../domain/assay-error.ts';
import { isConnectionStopped } from '../domain/connection-stop.ts';
import type { ConnectionId } from '../domain/ids.ts';
import { type Progress, silentProgress } from '../domain/progress.ts';
import type { LocalDay } from '../domain/time.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Policy } from '../policy/schema.ts';
import type { RunContext } from '../run/context.ts';
import { withLease } from '../run/with-lease.ts';
import { ensureGoing } from '../store/stop-store.ts';
import type { Store } from '../store/store.ts';
import { doBulk, sliceIsSpent } from './bulk-lane.ts';
import { askDueRuns, type Chore, doDueChores } from './due-work.ts';
import { WebhookLane } from './webhook-lane.ts';
import type { WorkMessage, WorkQueue } from './work-queue.ts';
import type { WorkSettings } from './work-settings.ts';

/** Between two looks into the inbox. */
const lookMs = 1_000;

export type HolderDeps = {
  readonly store: Store;
  readonly open: (
    connection: ConnectionId,
    edge: { readonly progress: Progress; readonly signal: AbortSignal },
  ) => Promise<{ readonly context: RunContext; readonly close: () => Promise<void> }>;
  readonly queue: Pick<WorkQueue, 'send'>;
  readonly settings: WorkSettings;
  readonly clock: Clock;
  readonly log: Logger;
  /** Does what else is due of a connection: channels, retention. */
  readonly chore: (kind: Chore, held: RunContext) => Promise<void>;
  /** Whether another policy was put in force: what waits is done by that. Default: never. */
  readonly hasMovedOn?: (policy: Policy) => Promise<boolean>;
  /** Default: today in the account's time zone. */
  readonly asOf?: LocalDay | undefined;
};

/**
 * Holds one connection and does what its store says is to do: webhooks at once, beside them a run or
 * what one left. Ends when nothing is left, or when its slice is: then the rest waits in the queue. A
 * connection that needs a person is paused with its reason; the next schedule tries again.
 * @throws AssayError whatever the queue is to decide on.
 */
export async function workConnection(
  deps: HolderDeps,
  message: WorkMessage,
  signal: AbortSignal,
): Promise<void> {
  const { store } = deps;
  const { connection } = message;
  if ((await isStopped(deps, connection)) || (await isPaused(deps, message))) return;
  await askDueRuns(store, connection, instant(deps));
  const opened = await deps.open(connection, { progress: silentProgress, signal });
  try {
    await withLease(opened.context, (held) => hold(deps, held, message));
    await store.work.resume(connection);
  } catch (error) {
    if (!isConnectionStopped(error)) await pauseOrThrow(deps, opened.context, error);
    else deps.log.warn({ connection }, 'connection.stopped');
  } finally {
    await opened.close();
  }
}

/**
 * A person's stop is nobody's failure: nothing is tried again or given up. What is due stays due, hints
 * stay in the inbox, and whoever lets the connection go on again tells the queue.
 */
async function isStopped({ store, log }: HolderDeps, connection: ConnectionId): Promise<boolean> {
  const stop = await store.stops.of(connection);
  if (stop !== null) log.info({ connection, since: stop.at }, 'connection.still-stopped');
  return stop !== null;
}

/** A person who acted is noticed by the schedule, or says so. */
async function isPaused({ store, log }: HolderDeps, { connection, reason }: WorkMessage) {
  if (reason === 'schedule' || reason === 'manual') return false;
  const pause = await store.work.paused(connection);
  if (pause !== null) log.info({ connection, code: pause.code }, 'connection.still-paused');
  return pause !== null;
}

async function pauseOrThrow(
  deps: HolderDeps,
  { connection, tell }: RunContext,
  error: unknown,
): Promise<void> {
  // A store that cannot be used cannot remember it either.
  const isOurs =
    error instanceof AssayError &&
    error.disposition === 'pause-connection' &&
    !error.code.startsWith('STORE_');
  if (!isOurs) throw error;
  await deps.store.work.pause(connection, error, instant(deps));
  const { code, todo } = error;
  deps.log.error({ connection, code, todo }, 'connection.paused');
  tell({ kind: 'paused', connection, cause: { code, todo } });
}

async function hold(deps: HolderDeps, held: RunContext, message: WorkMessage): Promise<void> {
  const { connection, connector, store, subject } = held;
  const account = await connector.account(held.signal);
  const identity = { crm: connector.crm, accountId: account.id, subject };
  await store.connections.bind(connection, identity);
  const slice = new AbortController();
  const timer = setTimeout(() => slice.abort(sliceIsSpent()), deps.settings.sliceMs);
  try {
    await bothLanes(deps, held, message, slice);
  } finally {
    clearTimeout(timer);
  }
  if (slice.signal.aborted) await deps.queue.send({ connection, reason: 'continue' });
  await store.flush();
}

/** Whichever lane fails stops the other: the queue decides when the connection is looked at again. */
async function bothLanes(
  deps: HolderDeps,
  held: RunContext,
  message: WorkMessage,
  slice: AbortController,
): Promise<void> {
  const stop = new AbortController();
  const stopping = <T>(error: T): never => {
    stop.abort(error);
    throw error;
  };
  const signal = AbortSignal.any([held.signal, stop.signal]);
  const bulk = { isBusy: true };
  const lanes = await Promise.allSettled([
    webhooks(deps, { ...held, signal }, slice, bulk).catch(stopping),
    doAll(deps, { ...held, signal: AbortSignal.any([signal, slice.signal]) }, message)
      .catch((error: unknown) => (endsSlice(slice.signal, error) ? undefined : stopping(error)))
      .finally(() => {
        bulk.isBusy = false;
      }),
  ]);
  if (stop.signal.aborted) throw stop.signal.reason;
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
}

/** A call that the end of the slice broke off tells it in its own words. */
function endsSlice(slice: AbortSignal, error: unknown): boolean {
  return slice.aborted && (error === slice.reason || !(error instanceof AssayError));
}

async function doAll(deps: HolderDeps, held: RunContext, message: WorkMessage): Promise<void> {
  await doBulk(held, message.reason, deps.asOf);
  await ensureGoing(held.store.stops, held.connection);
  if (!held.signal.aborted)
    await doDueChores(held.store, held.connection, (kind) => deps.chore(kind, held));
}

/**
 * Looks while there is bulk work, and until nobody waits. A run keeps the policy it began with; once
 * none is at work, another policy in force ends the slice.
 */
async function webhooks(
  deps: HolderDeps,
  held: RunContext,
  slice: AbortController,
  bulk: { readonly isBusy: boolean },
): Promise<void> {
  const { sliceMs: _sliceMs, ...settings } = deps.settings;
  const lane = new WebhookLane(held, { ...settings, asOf: deps.asOf });
  while (!slice.signal.aborted) {
    held.signal.throwIfAborted();
    if (!bulk.isBusy && (await deps.hasMovedOn?.(held.policy)) === true) {
      slice.abort(sliceIsSpent());
      break;
    }
    // A run beside it ends by itself, with the receipts of what is on its way.
    if ((await held.store.stops.of(held.connection)) !== null) return;
    if (await lane.look()) continue;
    if (!bulk.isBusy && !(await lane.isWaiting())) return;
    await deps.clock.sleep(lookMs, held.signal);
  }
  await lane.finish();
}

function instant({ clock }: Pick<HolderDeps, 'clock'>): string {
  return new Date(clock.now()).toISOString();
}
