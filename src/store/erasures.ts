import { type Kysely, sql } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import type { Author } from './author.ts';
import type { Database } from './database.ts';
import { markDirty } from './dirty.ts';
import type { Engine } from './engine.ts';
import { eraseCustomers } from './erase.ts';
import type { Erasable, ErasureStore } from './erasure-store.ts';
import { lockPages } from './page-lock.ts';
import type { Tables } from './schema.ts';

export function erasureStore(
  database: Database,
  engine: Pick<Engine, 'rewrite'>,
  author: Author,
): ErasureStore {
  return {
    find: (connection, text) => database.query((db) => loadErasable(db, connection, text)),
    erase: (connection, ids, facts) =>
      database.transaction(async (trx) => {
        await lockPages(trx, connection, true);
        const { touched, ...erased } = await eraseCustomers(trx, connection, ids, {
          ...author,
          facts,
        });
        await markDirty(trx, connection, { customers: touched, sharers: [] });
        return erased;
      }),
    clean: () => clean(database, engine),
  };
}

async function loadErasable(
  db: Kysely<Tables>,
  connection: ConnectionId,
  text: string,
): Promise<readonly Erasable[]> {
  const { rows } = await sql<Erasable>`
    select c.id, c.gone, c.external_id as "externalId", c.email, c.name, c.held, array(
        select m.list_key from list_members m
        where m.connection_id = c.connection_id and m.customer_id = c.id
        order by m.list_key) as lists,
      (select coalesce(jsonb_agg(
          jsonb_build_object('connection', other.connection_id, 'id', other.customer_id)
          order by other.connection_id), '[]')
        from identities mine join identities other on other.person = mine.person
          and (other.connection_id, other.customer_id) <> (mine.connection_id, mine.customer_id)
        where mine.connection_id = c.connection_id and mine.customer_id = c.id) as partners
    from customers c
    where c.connection_id = ${connection} and (
      c.id = coalesce((select a.new_id from customer_aliases a
        where a.connection_id = ${connection} and a.old_id = ${text}), ${text})
      or c.external_id = ${text} or c.email = ${text} or c.email = lower(${text}))
      and c.gone is distinct from 'merged'
    order by c.id`.execute(db);
  return rows;
}

async function clean(database: Database, engine: Pick<Engine, 'rewrite'>): Promise<number> {
  const count = async (db: Kysely<Tables>) => {
    const row = await db
      .selectFrom('erasures')
      .select(sql<number>`coalesce(sum(uncleaned), 0)::bigint`.as('all'))
      .executeTakeFirst();
    return row?.all ?? 0;
  };
  const waiting = await database.query(count);
  if (waiting === 0 || engine.rewrite === null) return 0;
  await database.query(engine.rewrite);
  await database.query((db) => db.deleteFrom('erasures').execute());
  return waiting;
}
