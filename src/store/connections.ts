import { type Kysely, sql } from 'kysely';
import { AssayError } from '../domain/assay-error.ts';
import type { ConnectionId } from '../domain/ids.ts';
import { Secret } from '../lib/secret.ts';
import type { Author } from './author.ts';
import { begunJobs } from './begun-jobs.ts';
import type { ConnectionStore } from './connection-store.ts';
import type { Database } from './database.ts';
import { forgetConnection } from './forget-connection.ts';
import type { Tables } from './schema.ts';

type Identity = Parameters<ConnectionStore['bind']>[1];

export function connectionStore(database: Database, author: Author): ConnectionStore {
  return {
    jobs: (connection) => begunJobs(database, connection),
    bind: (connection, identity) => bind(database, connection, identity),
    bindings: async () => {
      const rows = await database.query((db) =>
        db.selectFrom('connections').select(['id', 'crm', 'account_id']).orderBy('id').execute(),
      );
      return rows.flatMap(({ id, crm, account_id }) =>
        crm === null || account_id === null ? [] : [{ connection: id, crm, accountId: account_id }],
      );
    },
    forget: (connection) => forgetConnection(database, connection, author),
    loadCredential: async (connection) => {
      const row = await database.query((db) => load(db, connection));
      return row?.credential == null ? null : new Secret(row.credential);
    },
    saveCredential: async (connection, sealed) => {
      const credential = sealed.reveal();
      await database.transaction((trx) =>
        trx
          .insertInto('connections')
          .values({ id: connection, crm: null, account_id: null, subject: null, credential })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ credential }))
          .execute(),
      );
    },
    quotaUsedSince: async (connection, stretch) => {
      const row = await database.query((db) =>
        db
          .selectFrom('quota')
          .select(sql<number>`coalesce(sum(calls), 0)::bigint`.as('spent'))
          .where('connection_id', '=', connection)
          .where('day', '>=', stretch)
          .executeTakeFirst(),
      );
      return row?.spent ?? 0;
    },
    addQuota: async (connection, day, calls) => {
      await database.transaction((trx) =>
        trx
          .insertInto('quota')
          .values({ connection_id: connection, day, calls })
          .onConflict((conflict) =>
            conflict
              .columns(['connection_id', 'day'])
              .doUpdateSet({ calls: sql`quota.calls + excluded.calls` }),
          )
          .execute(),
      );
    },
    fieldIds: async (connection) => {
      const rows = await database.query((db) =>
        db
          .selectFrom('field_ids')
          .select(['key', 'crm_id'])
          .where('connection_id', '=', connection)
          .execute(),
      );
      return new Map(rows.map(({ key, crm_id }) => [key, crm_id]));
    },
    saveFieldIds: async (connection, ids) => {
      const rows = [...ids].map(([key, crm_id]) => ({ connection_id: connection, key, crm_id }));
      await database.transaction(async (trx) => {
        await trx.deleteFrom('field_ids').where('connection_id', '=', connection).execute();
        if (rows.length > 0) await trx.insertInto('field_ids').values(rows).execute();
      });
    },
  };
}

async function load(db: Kysely<Tables>, connection: ConnectionId) {
  return db.selectFrom('connections').selectAll().where('id', '=', connection).executeTakeFirst();
}

async function bind(
  database: Database,
  connection: ConnectionId,
  { crm, accountId, subject }: Identity,
): Promise<void> {
  await database.transaction(async (trx) => {
    const columns = { crm, account_id: accountId, subject };
    await trx
      .insertInto('connections')
      .values({ id: connection, ...columns, credential: null })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet(columns).where('connections.crm', 'is', null),
      )
      .execute();
    const bound = await load(trx, connection);
    const isSame =
      bound?.crm === crm && bound.account_id === accountId && bound.subject === subject;
    if (!isSame)
      throw connectionMoved(
        connection,
        `${bound?.crm} ${bound?.account_id} ${bound?.subject}`,
        `${crm} ${accountId} ${subject}`,
      );
  });
}

function connectionMoved(connection: ConnectionId, was: string, is: string): AssayError {
  return new AssayError(
    'CONNECTION_MOVED',
    'refuse-to-start',
    `Connection ${connection} belongs to ${was}, and now points at ${is}.`,
    'Give the other account a connection of its own in config/assay.yaml, or use a new store.',
  );
}
