import type { Db, JobWithMetadata, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { WORK } from './pg-boss-open.ts';
import { mergeWaiting, parseWaiting, storedWaiting, type Waiting } from './waiting.ts';

/** What is put into the queue; times follow from the database's clock. */
export type Added = Omit<Waiting, 'startAt'> & { readonly delayMs: number };

const nowRow = z.tuple([z.object({ now: z.coerce.number() })]);

/**
 * Makes the message and one that waits for the same connection one, under a lock that every sender
 * of this connection takes.
 */
export async function putWaiting(boss: PgBoss, db: Db, added: Added): Promise<void> {
  const { connection } = added.message;
  const now = await lockConnection(db, connection);
  const { delayMs, ...rest } = added;
  const fresh: Waiting = { ...rest, startAt: now + delayMs };
  const [there] = await boss.findJobs<unknown>(WORK, { key: connection, queued: true, db });
  const known = there === undefined ? null : waitingOf(there);
  const merged = known === null ? fresh : mergeWaiting(known, fresh);
  const data = storedWaiting(merged);
  const startAfter = new Date(merged.startAt);
  if (there !== undefined) {
    const { updated } = await boss.update(WORK, data, { id: there.id, startAfter, db });
    if (updated > 0) return;
    // Taken by a worker between the two: what it works on may not have seen ours.
    await boss.send(WORK, storedWaiting(fresh), sendOptions(fresh, db));
    return;
  }
  await boss.send(WORK, data, sendOptions(merged, db));
}

/** What a job says, at the time it starts by the database. */
export function waitingOf({ data, startAfter }: JobWithMetadata<unknown>): Waiting | null {
  const parsed = parseWaiting(data);
  return parsed === null ? null : { ...parsed, startAt: startAfter.getTime() };
}

function sendOptions({ message, startAt }: Waiting, db: Db) {
  return { singletonKey: message.connection, startAfter: new Date(startAt), db };
}

/** @returns the database's time. */
async function lockConnection(db: Db, connection: string): Promise<number> {
  const { rows } = await db.executeSql(
    `WITH locked AS (SELECT pg_advisory_xact_lock(hashtextextended('assay_queue:' || $1, 0)))
     SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now FROM locked`,
    [connection],
  );
  return nowRow.parse(rows)[0].now;
}
