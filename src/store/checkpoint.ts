import { sql, type Transaction } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import type { PullTask } from '../domain/pull-task.ts';
import type { StoredPage } from './pull-store.ts';
import { recordset } from './recordset.ts';
import type { Tables } from './schema.ts';

/** Moves the page's task on, or ends it; adds what it spawned. */
export async function saveCheckpoint(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  page: StoredPage,
): Promise<void> {
  await moveTask(trx, connection, page);
  await addTasks(trx, connection, page.spawned);
}

async function moveTask(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  { taskKey, next }: StoredPage,
): Promise<void> {
  if (next === null) {
    const task = trx.deleteFrom('pull_tasks').where('connection_id', '=', connection);
    await task.where('key', '=', taskKey).execute();
    return;
  }
  const { object, kind, cursor, expected } = next;
  await trx
    .updateTable('pull_tasks')
    .set({ object, kind, cursor, expected })
    .where('connection_id', '=', connection)
    .where('key', '=', taskKey)
    .execute();
}

/** A task that is known already keeps its place. */
export async function addTasks(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  tasks: readonly PullTask[],
): Promise<void> {
  if (tasks.length === 0) return;
  const columns = {
    key: 'text',
    object: 'text',
    kind: 'text',
    cursor: 'text',
    expected: 'bigint',
  };
  await sql`
    insert into pull_tasks (connection_id, key, object, kind, cursor, expected)
    select ${connection}, r.* from ${recordset(tasks, columns)}
    on conflict do nothing`.execute(trx);
}
