import { type Kysely, sql } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import type { Database } from './database.ts';
import type { OptionStore, OptionValue } from './option-store.ts';
import { recordset } from './recordset.ts';
import type { Tables } from './schema.ts';

/** Labels that were given, and values that are held. */
export function optionStore(database: Database): OptionStore {
  return {
    labels: (connection) =>
      database.query((db) =>
        db
          .selectFrom('option_labels')
          .select(['field', 'value', 'label'])
          .where('connection_id', '=', connection)
          .orderBy('field')
          .orderBy('value')
          .orderBy('label')
          .execute(),
      ),
    remember: async (connection, labels) => {
      if (labels.length === 0) return;
      const columns = { field: 'text', value: 'text', label: 'text' };
      await database.transaction((trx) =>
        sql`
          insert into option_labels (connection_id, field, value, label)
          select ${connection}, r.field, r.value, r.label from ${recordset(labels, columns)}
          order by 2, 3, 4 on conflict do nothing`.execute(trx),
      );
    },
    held: (connection, values) => database.query((db) => loadHeld(db, connection, values)),
  };
}

async function loadHeld(
  db: Kysely<Tables>,
  connection: ConnectionId,
  values: readonly OptionValue[],
): Promise<readonly OptionValue[]> {
  if (values.length === 0) return [];
  const pull = await db
    .selectFrom('pulls')
    .select('watermark')
    .where('connection_id', '=', connection)
    .executeTakeFirst();
  if ((pull?.watermark ?? null) === null) return values;
  const { rows } = await sql<OptionValue>`
    select distinct r.field, r.value
    from customers c join ${recordset(values, { field: 'text', value: 'text' })}
      on c.held ->> r.field = r.value
    where c.connection_id = ${connection} and c.gone is null`.execute(db);
  return rows;
}
