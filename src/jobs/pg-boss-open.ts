import PQueue from 'p-queue';
import { type Db, PgBoss } from 'pg-boss';
import type { Logger } from '../lib/logger.ts';
import type { Secret } from '../lib/secret.ts';
import { faultName } from './queue-unavailable.ts';

/** Beside our own tables, in a schema of its own: made and updated by pg-boss when it starts. */
export const SCHEMA = 'assay_queue';
export const WORK = 'work';
export const DEAD = 'dead';

export type BossTuning = {
  /** Between looks for messages. Default 500. */
  readonly pollMs: number;
  /** A worker that was not heard of for so long has lost its message; at least 10, whole. Default 60. */
  readonly keepSeconds: number;
  /** Between looks for lost workers; whole. Default 15. */
  readonly superviseSeconds: number;
};

export const defaultBossTuning: BossTuning = {
  pollMs: 500,
  keepSeconds: 60,
  superviseSeconds: 15,
};

const DAY = 86_400;
/** Losses are counted by us, not by pg-boss, which would bury without a reason. */
const NEVER_BURIES = 1_000_000;

/**
 * Of so many connections. Within a transaction pg-boss may ask the pool for another one, so that
 * transactions on all of them would wait for each other.
 */
const CONNECTIONS = 4;
const TRANSACTIONS = 2;

/** pg-boss, and whose turn it is to begin a transaction. */
export type Boss = { readonly pgBoss: PgBoss; readonly turns: PQueue };

/** Connects, makes the schema and both queues where they are missing. */
export async function startBoss(url: Secret, tuning: BossTuning, log: Logger): Promise<Boss> {
  const boss = new PgBoss({
    connectionString: url.reveal(),
    application_name: 'assay-queue',
    schema: SCHEMA,
    max: CONNECTIONS,
    schedule: false,
    superviseIntervalSeconds: tuning.superviseSeconds,
    monitorIntervalSeconds: tuning.superviseSeconds,
  });
  // Names only: errors and warnings of the driver hold SQL and addresses.
  boss.on('error', (error) => log.warn({ error: faultName(error) }, 'queue.driver-error'));
  boss.on('warning', () => log.warn({}, 'queue.driver-warning'));
  await boss.start();
  try {
    await makeQueues(boss, tuning);
    return { pgBoss: boss, turns: new PQueue({ concurrency: TRANSACTIONS }) };
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
}

/**
 * Of one key at most one job is active (`key_strict_fifo`), which its unique index holds across all
 * processes. `singleton` and `stately` hold that too, but fetch from a cached list of busy keys: one
 * long run would keep every other connection waiting for up to two minutes.
 */
async function makeQueues(boss: PgBoss, { keepSeconds }: BossTuning): Promise<void> {
  const work = {
    retryLimit: NEVER_BURIES,
    retryDelay: 0,
    heartbeatSeconds: keepSeconds,
    expireInSeconds: DAY,
    retentionSeconds: 14 * DAY,
  };
  await boss.createQueue(WORK, { policy: 'key_strict_fifo', ...work });
  await boss.updateQueue(WORK, work);
  await boss.createQueue(DEAD, { retentionSeconds: 90 * DAY });
}

/** Runs `work` in one transaction of pg-boss's own pool. */
export async function inTransaction<T>(
  { pgBoss, turns }: Boss,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  return turns.add(async () => {
    const transaction = await pgBoss.getDb().beginTransaction?.();
    if (transaction === undefined) throw new TypeError('pg-boss without its own pool');
    try {
      const result = await work(transaction.db);
      await transaction.commit();
      return result;
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  });
}
