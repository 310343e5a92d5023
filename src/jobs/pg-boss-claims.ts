import type { Db, JobWithMetadata } from 'pg-boss';
import type { Claim } from './claim.ts';
import { buryLetter } from './pg-boss-letters.ts';
import { type Boss, type BossTuning, inTransaction, WORK } from './pg-boss-open.ts';
import { putWaiting, waitingOf } from './pg-boss-waiting.ts';
import type { DeathCause } from './verdict.ts';

type Job = JobWithMetadata<unknown>;

/** Beats within the time after which a worker counts as lost. */
const BEATS = 4;

/** Jobs that are due, of connections that nobody works on, now ours. */
export async function takeClaims(
  boss: Boss,
  limit: number,
  { keepSeconds }: BossTuning,
): Promise<readonly Claim[]> {
  const jobs = await boss.pgBoss.fetch<unknown>(WORK, { batchSize: limit, includeMetadata: true });
  return jobs.map((job) => claimOf(boss, job, (keepSeconds * 1_000) / BEATS));
}

function claimOf(boss: Boss, job: Job, keepEveryMs: number): Claim {
  const waiting = waitingOf(job);
  const putBack = async (delayMs: number, attempts: number, held: boolean): Promise<void> => {
    if (waiting === null) return;
    const added = { message: waiting.message, attempts, held, delayMs };
    await inTransaction(boss, async (db) => {
      if (await isRemoved(boss, job, db)) await putWaiting(boss.pgBoss, db, added);
    });
  };
  return {
    waiting,
    startsInMs: 0,
    losses: job.retryCount,
    keepEveryMs,
    keep: async () => affectedBy(await boss.pgBoss.touch(WORK, job)) > 0,
    // Nothing is kept of what went well: runs have their own history.
    done: async () => {
      await boss.pgBoss.deleteJob(WORK, job);
    },
    release: () => putBack(0, waiting?.attempts ?? 0, waiting?.held ?? false),
    again: (delayMs, attempts) => putBack(delayMs, attempts, true),
    bury: (cause) => bury(boss, job, cause),
  };
}

async function bury(boss: Boss, job: Job, cause: DeathCause): Promise<void> {
  await inTransaction(boss, async (db) => {
    if (await isRemoved(boss, job, db)) await buryLetter(boss.pgBoss, db, job, cause);
  });
}

/** False when the job is no longer ours to speak for. */
async function isRemoved(boss: Boss, job: Job, db: Db) {
  return affectedBy(await boss.pgBoss.deleteJob(WORK, job, { db })) > 0;
}

/** pg-boss answers with the count, but does not say so in its types. */
function affectedBy(response: object): number {
  return 'affected' in response && typeof response.affected === 'number' ? response.affected : 0;
}
