import { randomUUID } from 'node:crypto';
import type { ConnectionId } from '../domain/ids.ts';
import type { Claim, ClaimSource } from './claim.ts';
import { type Bells, consumeClaims, ringAll } from './consume.ts';
import type { DeathCause } from './verdict.ts';
import { mergeWaiting, type Waiting } from './waiting.ts';
import type { WorkContext } from './work-on.ts';
import type { DeadLetter, WorkQueue } from './work-queue.ts';

type Shelf = {
  readonly waiting: Map<ConnectionId, Waiting>;
  readonly active: Set<ConnectionId>;
  readonly dead: Map<ConnectionId, DeadLetter>;
};

/**
 * The queue of a process that is alone with its store (PGlite). What waits is lost when it ends: the
 * schedule and the inbox ask again at the next start (ADR 13).
 */
export function memoryQueue(ctx: WorkContext): WorkQueue {
  const shelf: Shelf = { waiting: new Map(), active: new Set(), dead: new Map() };
  const bells: Bells = new Set();
  const put = (added: Waiting): void => {
    putWaiting(shelf, added);
    ringAll(bells);
  };
  const source = sourceOf(shelf, put, ctx);
  return {
    send: async (message, { delayMs = 0 } = {}) =>
      put({ message, attempts: 0, held: false, startAt: ctx.clock.now() + delayMs }),
    consume: async (work, options) => consumeClaims(source, bells, work, options, ctx),
    depth: async () => ({
      waiting: shelf.waiting.size,
      oldestMs: oldestMs(shelf, ctx.clock.now()),
      dead: shelf.dead.size,
    }),
    deadLetters: async () => [...shelf.dead.values()],
    retryDead: async (id) => retryDead(shelf, put, id, ctx.clock.now()),
    close: async () => undefined,
  };
}

function putWaiting({ waiting }: Shelf, added: Waiting): void {
  const { connection } = added.message;
  const there = waiting.get(connection);
  waiting.set(connection, there === undefined ? added : mergeWaiting(there, added));
}

function sourceOf(shelf: Shelf, put: (waiting: Waiting) => void, ctx: WorkContext): ClaimSource {
  const free = (): readonly Waiting[] =>
    [...shelf.waiting.values()]
      .filter(({ message }) => !shelf.active.has(message.connection))
      .toSorted((one, other) => one.startAt - other.startAt);
  return {
    take: async (limit) => {
      const due = free().filter(({ startAt }) => startAt <= ctx.clock.now());
      return due.slice(0, limit).map((waiting) => claimOf(shelf, put, waiting, ctx));
    },
    idleMs: () => {
      const [next] = free();
      return next === undefined ? null : Math.max(0, next.startAt - ctx.clock.now());
    },
  };
}

function claimOf(
  shelf: Shelf,
  put: (waiting: Waiting) => void,
  waiting: Waiting,
  { clock }: WorkContext,
): Claim {
  const { connection } = waiting.message;
  shelf.waiting.delete(connection);
  shelf.active.add(connection);
  const done = async (): Promise<void> => {
    shelf.active.delete(connection);
  };
  return {
    waiting,
    startsInMs: 0,
    losses: 0,
    keepEveryMs: null,
    keep: async () => true,
    done,
    release: async () => {
      await done();
      put(waiting);
    },
    again: async (delayMs, attempts) => {
      await done();
      put({ ...waiting, attempts, held: true, startAt: clock.now() + delayMs });
    },
    bury: async (cause) => {
      await done();
      shelf.dead.delete(connection);
      shelf.dead.set(connection, letterOf(waiting, cause, clock.now()));
    },
  };
}

function letterOf({ message }: Waiting, cause: DeathCause, now: number): DeadLetter {
  return { id: randomUUID(), message, ...cause, failedAt: new Date(now).toISOString() };
}

function oldestMs({ waiting }: Shelf, now: number): number | null {
  const since = [...waiting.values()].map(({ startAt }) => now - startAt);
  const oldest = Math.max(...since);
  return oldest >= 0 ? oldest : null;
}

function retryDead(
  { dead }: Shelf,
  put: (waiting: Waiting) => void,
  id: string,
  now: number,
): number {
  const letters = [...dead].filter(([, letter]) => id === 'all' || letter.id === id);
  for (const [connection, { message }] of letters) {
    dead.delete(connection);
    if (message !== null) put({ message, attempts: 0, held: false, startAt: now });
  }
  return letters.length;
}
