import { type Kysely, sql } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { RecordRef } from '../domain/population.ts';
import type { Standing } from '../domain/result.ts';
import type { Database } from './database.ts';
import { countIdentities, listIdentities } from './identity-lists.ts';
import type { AccountTerms, IdentityStore } from './identity-store.ts';
import { joinedReferrals } from './joined-referrals.ts';
import { resolveIdentities } from './resolve-identities.ts';
import type { Tables } from './schema.ts';
import { isUnsettled, standingOf } from './settled-runs.ts';

/** Who is one person across connections. */
export function identityStore(database: Database): IdentityStore {
  return {
    saveAccount: async (connection, { currency, timeZone }) => {
      await database.query((db) =>
        db
          .updateTable('connections')
          .set({ currency, time_zone: timeZone })
          .where('id', '=', connection)
          .execute(),
      );
    },
    accounts: (connections) => database.query((db) => loadAccounts(db, connections)),
    resolve: (own, scope) => database.transaction((trx) => resolveIdentities(trx, own, scope)),
    partners: (own, ids, connections) =>
      database.query((db) => loadPartners(db, own, ids, connections)),
    standings: (own, ids, connections) =>
      database.query((db) => loadStandings(db, own, ids, connections)),
    counts: (scope) => database.query((db) => countIdentities(db, scope)),
    list: (scope, limit) => database.query((db) => listIdentities(db, scope, limit)),
    referrals: (connections) => database.query((db) => joinedReferrals(db, connections)),
  };
}

async function loadAccounts(
  db: Kysely<Tables>,
  connections: readonly ConnectionId[],
): Promise<ReadonlyMap<ConnectionId, AccountTerms>> {
  const rows = await db
    .selectFrom('connections')
    .select(['id', 'currency', 'time_zone as timeZone'])
    .where('id', 'in', connections)
    .execute();
  return new Map(
    rows.flatMap(({ id, currency, timeZone }) =>
      currency === null || timeZone === null ? [] : [[id, { currency, timeZone }] as const],
    ),
  );
}

async function loadPartners(
  db: Kysely<Tables>,
  own: ConnectionId,
  ids: readonly RecordId[],
  connections: readonly ConnectionId[],
): Promise<ReadonlyMap<RecordId, readonly RecordRef[]>> {
  const { rows } = await sql<{ id: RecordId; partners: readonly RecordRef[] }>`
    select mine.customer_id as id, jsonb_agg(
      jsonb_build_object('connection', other.connection_id, 'id', other.customer_id)
      order by array_position(${connections}::text[], other.connection_id::text)) as partners
    from identities mine join identities other
      on other.person = mine.person and other.connection_id <> mine.connection_id
    where mine.connection_id = ${own} and mine.customer_id = any(${ids}::text[])
      and other.connection_id = any(${connections}::text[])
    group by mine.customer_id`.execute(db);
  return new Map(rows.map(({ id, partners }) => [id, partners]));
}

/** Runs sort by their start, so the greatest id is the newest score; what a CRM shows comes first. */
async function loadStandings(
  db: Kysely<Tables>,
  own: ConnectionId,
  ids: readonly RecordId[],
  connections: readonly ConnectionId[],
): Promise<ReadonlyMap<RecordId, Standing>> {
  const { rows } = await sql<{ id: RecordId; standing: Standing | null }>`
    with wanted as (select unnest(${ids}::text[]) collate "C" as id),
    members as (
      select id, ${own}::text collate "C" as connection_id, id as customer_id from wanted
      union all
      select wanted.id, other.connection_id, other.customer_id
      from wanted join identities mine
        on mine.connection_id = ${own} and mine.customer_id = wanted.id
      join identities other
        on other.person = mine.person and other.connection_id <> mine.connection_id
      where other.connection_id = any(${connections}::text[]))
    select distinct on (m.id) m.id, ${standingOf} as standing
    from members m join scores s using (connection_id, customer_id)
    order by m.id, ${isUnsettled}, s.run_id desc,
      array_position(${connections}::text[], m.connection_id::text)`.execute(db);
  return new Map(
    rows.flatMap(({ id, standing }) => (standing === null ? [] : [[id, standing] as const])),
  );
}
