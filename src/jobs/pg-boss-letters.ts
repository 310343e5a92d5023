import type { Db, JobWithMetadata, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { type Boss, DEAD, inTransaction, WORK } from './pg-boss-open.ts';
import { putWaiting } from './pg-boss-waiting.ts';
import type { DeathCause } from './verdict.ts';
import { parseWaiting } from './waiting.ts';
import type { DeadLetter } from './work-queue.ts';

const schema = z.object({
  raw: z.unknown(),
  code: z.string(),
  error: z.string(),
  todo: z.string(),
  attempts: z.number(),
});

type Grave = { readonly letter: DeadLetter; readonly raw: unknown };

/** One letter a connection: the newest reason is what a person needs. */
export async function buryLetter(
  boss: PgBoss,
  db: Db,
  { data, singletonKey }: JobWithMetadata<unknown>,
  cause: DeathCause,
): Promise<void> {
  if (singletonKey !== null) {
    const older = await boss.findJobs(DEAD, { key: singletonKey, queued: true, db });
    for (const { id } of older) await boss.deleteJob(DEAD, id, { db });
  }
  const options = singletonKey === null ? { db } : { singletonKey, db };
  await boss.send(DEAD, { raw: data, ...cause }, options);
}

/** Oldest first. */
export async function readGraves(boss: PgBoss): Promise<readonly Grave[]> {
  const jobs = await boss.findJobs<unknown>(DEAD, { queued: true });
  return jobs
    .toSorted((one, other) => one.createdOn.getTime() - other.createdOn.getTime())
    .flatMap(({ id, data, createdOn }) => {
      const parsed = schema.safeParse(data);
      if (!parsed.success) return [];
      const { raw, ...cause } = parsed.data;
      const message = parseWaiting(raw)?.message ?? null;
      return [{ letter: { id, message, ...cause, failedAt: createdOn.toISOString() }, raw }];
    });
}

/** @returns how many were put back. */
export async function retryGraves(boss: Boss, id: string | 'all'): Promise<number> {
  const { pgBoss } = boss;
  const graves = await readGraves(pgBoss);
  const chosen = graves.filter(({ letter }) => id === 'all' || letter.id === id);
  for (const grave of chosen) {
    await inTransaction(boss, async (db) => {
      await pgBoss.deleteJob(DEAD, grave.letter.id, { db });
      await putBack(pgBoss, db, grave);
    });
  }
  return chosen.length;
}

async function putBack(boss: PgBoss, db: Db, { letter, raw }: Grave): Promise<void> {
  const { message } = letter;
  if (message !== null)
    await putWaiting(boss, db, { message, attempts: 0, held: false, delayMs: 0 });
  else if (typeof raw === 'object')
    await boss.send(WORK, raw, { singletonKey: `unreadable-${letter.id}`, db });
}
