import { AssayError } from '../domain/assay-error.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { Lease } from '../store/store.ts';
import type { RunContext } from './context.ts';
import { holderName, holderText, isGone } from './holder.ts';

const ttlMs = 30_000;
const heartbeatMs = 8_000;
/** Between two looks at a lease that may lapse. */
const lookMs = 1_000;

/**
 * Makes this process the holder of the connection while `work` runs, and keeps it so. A lease that
 * somebody took over aborts the work at its next batch, and its store writes nothing more. Within the
 * work of a holder it is that holder's.
 * @throws AssayError `LEASE_HELD` naming who holds it.
 */
export async function withLease<T>(
  ctx: RunContext,
  work: (ctx: RunContext) => Promise<T>,
): Promise<T> {
  if (ctx.lease !== undefined) return work(ctx);
  const lease = await acquire(ctx);
  const leave = enter(ctx.connection);
  const lost = new AbortController();
  const heart = beat(ctx, lease, lost);
  try {
    const signal = AbortSignal.any([ctx.signal, lost.signal]);
    return await work({ ...ctx, store: ctx.store.fenced(lease), lease, signal });
  } finally {
    clearInterval(heart);
    leave();
    await ctx.store.leases.release(lease).catch(() => undefined);
  }
}

/** How often this process holds each connection, of whatever store. */
const ours = new Map<ConnectionId, number>();

/** @returns what takes it back */
function enter(connection: ConnectionId): () => void {
  const add = (step: number) => ours.set(connection, (ours.get(connection) ?? 0) + step);
  add(1);
  return () => add(-1);
}

/** This process, when it could not give the lease back: the store was out of reach. */
function isOwnLeftover(connection: ConnectionId, holder: string): boolean {
  return holder === holderText() && (ours.get(connection) ?? 0) === 0;
}

/** A store that does not answer for a moment is no lost lease; one that does not for as long as it lasts is. */
function beat(ctx: RunContext, lease: Lease, lost: AbortController): NodeJS.Timeout {
  let renewedAt = performance.now();
  return setInterval(() => {
    ctx.store.leases.renew(lease, ttlMs).then(
      () => {
        renewedAt = performance.now();
      },
      (error: unknown) => {
        const isTaken = error instanceof AssayError && error.code === 'LEASE_LOST';
        if (lost.signal.aborted || !(isTaken || performance.now() - renewedAt > ttlMs)) return;
        lost.abort(error);
        ctx.log.warn({ connection: ctx.connection, isTaken }, 'lease.lost');
        ctx.tell({ kind: 'lease-lost', connection: ctx.connection });
      },
    );
  }, heartbeatMs);
}

/**
 * A holder that died on this machine is followed at once; one that died elsewhere when its lease
 * lapses, for which this waits: by the database's clock, or by its own where that one was set back.
 * One that lives shows it by renewing, and then this gives up.
 */
async function acquire(ctx: RunContext): Promise<Lease> {
  const { connection, store, clock, signal } = ctx;
  const since = performance.now();
  let first: Instant | null = null;
  let dead: string | undefined;
  for (;;) {
    const answer = await store.leases.acquire(connection, holderText(), ttlMs, dead);
    if (answer.status === 'acquired') return answer.lease;
    if (dead === undefined && isOwnLeftover(connection, answer.holder)) {
      dead = answer.holder;
      continue;
    }
    first ??= answer.expiresAt;
    if (answer.expiresAt !== first) throw leaseHeld(connection, answer.holder);
    const isLapsed = performance.now() - since > ttlMs + heartbeatMs;
    if (dead === undefined && (isLapsed || isGone(answer.holder))) {
      dead = answer.holder;
      continue;
    }
    ctx.log.info({ connection, holder: answer.holder, until: answer.expiresAt }, 'lease.wait');
    await clock.sleep(lookMs, signal);
  }
}

function leaseHeld(connection: string, holder: string): AssayError {
  return new AssayError(
    'LEASE_HELD',
    'ask',
    `Connection "${connection}" is held by ${holderName(holder)}, which is at work on it.`,
    'Let that run end, or stop it; then run again.',
  );
}
