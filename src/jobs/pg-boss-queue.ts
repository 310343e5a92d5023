import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Secret } from '../lib/secret.ts';
import { type Bells, consumeClaims, ringAll } from './consume.ts';
import { takeClaims } from './pg-boss-claims.ts';
import { readGraves, retryGraves } from './pg-boss-letters.ts';
import {
  type BossTuning,
  DEAD,
  defaultBossTuning,
  inTransaction,
  SCHEMA,
  startBoss,
  WORK,
} from './pg-boss-open.ts';
import { putWaiting } from './pg-boss-waiting.ts';
import { reachingQueue } from './queue-unavailable.ts';
import { sharedCalls } from './shared-calls.ts';
import type { WorkContext } from './work-on.ts';
import type { QueueDepth, WorkMessage, WorkQueue } from './work-queue.ts';

export type PgBossQueueOptions = {
  /** The store's own server. */
  readonly databaseUrl: Secret;
  readonly tuning?: Partial<BossTuning>;
};

/**
 * The queue of any number of processes on one Postgres, beside the store's tables. Waiting messages
 * are kept 14 days, dead letters 90, finished ones not at all.
 * @throws AssayError `QUEUE_UNAVAILABLE`.
 */
export async function openPgBossQueue(
  options: PgBossQueueOptions,
  ctx: WorkContext,
): Promise<WorkQueue> {
  const tuning = { ...defaultBossTuning, ...options.tuning };
  const boss = await reachingQueue(() => startBoss(options.databaseUrl, tuning, ctx.log));
  const { pgBoss } = boss;
  const shared = sharedCalls();
  const bells: Bells = new Set();
  const source = {
    take: (limit: number) => takeClaims(boss, limit, tuning),
    idleMs: () => tuning.pollMs,
  };
  return {
    send: async (message, { delayMs = 0 } = {}) => {
      const added = { message, attempts: 0, held: false, delayMs };
      const put = (): Promise<void> => inTransaction(boss, (db) => putWaiting(pgBoss, db, added));
      await reachingQueue(() => shared(keyOf(message, delayMs), put));
      ringAll(bells);
    },
    consume: async (work, consuming) => consumeClaims(source, bells, work, consuming, ctx),
    depth: () => reachingQueue(() => readDepth(pgBoss)),
    deadLetters: async () => {
      const graves = await reachingQueue(() => readGraves(pgBoss));
      return graves.map(({ letter }) => letter);
    },
    retryDead: async (id) => {
      const count = await reachingQueue(() => retryGraves(boss, id));
      ringAll(bells);
      return count;
    },
    close: () => pgBoss.stop({ graceful: false }),
  };
}

function keyOf({ connection, reason }: WorkMessage, delayMs: number): string {
  return `${connection} ${reason} ${delayMs}`;
}

const depthRows = z.tuple([
  z.object({
    waiting: z.coerce.number(),
    oldest_ms: z.coerce.number().nullable(),
    dead: z.coerce.number(),
  }),
]);

async function readDepth(boss: PgBoss): Promise<QueueDepth> {
  const { rows } = await boss.getDb().executeSql(
    `SELECT count(*) FILTER (WHERE name = $1) AS waiting,
       count(*) FILTER (WHERE name = $2) AS dead,
       extract(epoch FROM now() - min(start_after) FILTER (WHERE name = $1 AND start_after <= now())) * 1000
         AS oldest_ms
     FROM ${SCHEMA}.job WHERE state IN ('created', 'retry')`,
    [WORK, DEAD],
  );
  const [{ waiting, oldest_ms: oldestMs, dead }] = depthRows.parse(rows);
  return { waiting, oldestMs, dead };
}
