import type { ConnectionId } from '../domain/ids.ts';
import type { Database } from './database.ts';

/** The name a list is to get, by its key. */
export type BegunList = { readonly key: string; readonly name: string };

/** Lists that were about to be made, and of which nothing was heard since. */
export async function loadBegun(
  database: Database,
  connection: ConnectionId,
): Promise<readonly BegunList[]> {
  return await database.query((db) =>
    db
      .selectFrom('lists')
      .select(['key', 'name'])
      .where('connection_id', '=', connection)
      .where('status', '=', 'making')
      .orderBy('key')
      .execute(),
  );
}

/** One that a person deleted is known no more: it is made anew. */
export async function noteBegun(
  database: Database,
  connection: ConnectionId,
  list: BegunList,
): Promise<void> {
  const begun = { crm_id: '', name: list.name, kind: 'static', status: 'making' } as const;
  await database.transaction(async (trx) => {
    await trx
      .insertInto('lists')
      .values({ connection_id: connection, key: list.key, ...begun })
      .onConflict((conflict) => conflict.columns(['connection_id', 'key']).doUpdateSet(begun))
      .execute();
  });
}
