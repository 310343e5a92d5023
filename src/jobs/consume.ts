import { backoffMs } from '../lib/backoff.ts';
import { type Bell, newBell } from '../lib/bell.ts';
import type { Claim, ClaimSource } from './claim.ts';
import { type WorkContext, workOn } from './work-on.ts';
import type { ConsumeOptions, Work } from './work-queue.ts';

/** Between looks at a queue that cannot be reached. */
const backoff = { baseMs: 500, maxMs: 30_000, random: Math.random };

/** Those who wait for messages in this process. */
export type Bells = Set<Bell>;

export function ringAll(bells: Bells): void {
  for (const bell of bells) bell.ring();
}

/** `WorkQueue.consume` over any source of claims. */
export async function consumeClaims(
  source: ClaimSource,
  bells: Bells,
  work: Work,
  options: ConsumeOptions,
  ctx: WorkContext,
): Promise<void> {
  const { parallel, signal } = options;
  const bell = newBell(ctx.clock);
  const running = new Set<Promise<void>>();
  const start = (claim: Claim): void => {
    const one = workOn(claim, work, signal, ctx).finally(() => {
      running.delete(one);
      ringAll(bells);
    });
    running.add(one);
  };
  signal.addEventListener('abort', bell.ring, { once: true });
  bells.add(bell);
  const take = takeCalmly(source, bell, ctx);
  while (!signal.aborted) {
    const free = parallel - running.size;
    const claims = free > 0 ? await take(free) : [];
    for (const claim of claims) start(claim);
    if (signal.aborted || (free > 0 && claims.length === free)) continue;
    await bell.wait(free > 0 ? source.idleMs() : null);
  }
  await Promise.all(running);
  bells.delete(bell);
  signal.removeEventListener('abort', bell.ring);
}

/** A queue that cannot be reached has nothing now; ever longer waits until it can. */
function takeCalmly(source: ClaimSource, bell: Bell, { log }: WorkContext) {
  let failures = 0;
  return async (limit: number): Promise<readonly Claim[]> => {
    try {
      const claims = await source.take(limit);
      failures = 0;
      return claims;
    } catch (error) {
      failures += 1;
      const waitMs = backoffMs(failures, backoff);
      const name = error instanceof Error ? error.name : typeof error;
      log.warn({ error: name, failures, waitMs }, 'queue.unreachable');
      await bell.wait(waitMs);
      return [];
    }
  };
}
