import { sql, type Transaction } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { PullObject } from '../domain/pull-task.ts';
import type { PullMark } from './page-lock.ts';
import type { Tables } from './schema.ts';

/** Notes that the open pull named these rows; of use only when it lists the object completely. */
export async function stampSeen(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  object: PullObject,
  mark: PullMark,
  ids: readonly RecordId[],
): Promise<void> {
  if (ids.length === 0 || !mark.complete.includes(object)) return;
  await sql`
    update ${sql.table(object)} set seen_pull = ${mark.seq}::bigint
    where connection_id = ${connection} and id = any(${ids}::text[])
    and seen_pull < ${mark.seq}::bigint`.execute(trx);
}
