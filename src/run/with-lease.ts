import { hostname } from 'node:os';
import { AssayError } from '../domain/assay-error.ts';
import type { Lease } from '../store/store.ts';
import type { RunContext } from './context.ts';

const ttlMs = 60_000;
const heartbeatMs = 15_000;

/**
 * Makes this process the holder of the connection while `work` runs, and keeps it so. A lease that
 * somebody took over aborts the work at its next batch.
 * @throws AssayError `LEASE_HELD` naming who holds it.
 */
export async function withLease<T>(
  ctx: RunContext,
  work: (ctx: RunContext) => Promise<T>,
): Promise<T> {
  const lease = await acquire(ctx);
  const lost = new AbortController();
  const beating = setInterval(() => {
    ctx.store.leases.renew(lease, ttlMs).catch((error: unknown) => lost.abort(error));
  }, heartbeatMs);
  try {
    return await work({ ...ctx, signal: AbortSignal.any([ctx.signal, lost.signal]) });
  } finally {
    clearInterval(beating);
    await ctx.store.leases.release(lease).catch(() => undefined);
  }
}

async function acquire(ctx: RunContext): Promise<Lease> {
  const holder = `${hostname()} pid ${process.pid}`;
  const answer = await ctx.store.leases.acquire(ctx.connection, holder, ttlMs);
  if (answer.status === 'acquired') return answer.lease;
  throw new AssayError(
    'LEASE_HELD',
    'ask',
    `Connection "${ctx.connection}" is held by ${answer.holder} until ${answer.expiresAt}.`,
    'Wait for that run to end. If its process is dead, the lease lapses within a minute.',
  );
}
