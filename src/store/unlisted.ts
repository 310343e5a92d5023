import { type Kysely, sql } from 'kysely';
import type { Unlisted } from '../domain/baseline.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { PullObject } from '../domain/pull-task.ts';
import type { Tables } from './schema.ts';

/** Of each object: stored, and not named by the open pull, where that lists the object completely. */
export async function countUnlisted(
  db: Kysely<Tables>,
  connection: ConnectionId,
): Promise<Readonly<Record<PullObject, Unlisted>>> {
  return {
    customers: await count(db, connection, 'customers'),
    deals: await count(db, connection, 'deals'),
  };
}

/** Records that came after the pull began are none it could have named. */
async function count(
  db: Kysely<Tables>,
  connection: ConnectionId,
  object: PullObject,
): Promise<Unlisted> {
  const { rows } = await sql<Unlisted>`
    select count(*) as stored,
      count(*) filter (
        where p.is_open and p.complete ? ${object} and r.seen_pull < p.seq) as missing
    from pulls p join ${sql.table(object)} r on r.connection_id = p.connection_id
    where p.connection_id = ${connection} and r.gone is null`.execute(db);
  return rows[0] ?? { stored: 0, missing: 0 };
}
