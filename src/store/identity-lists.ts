import { type Kysely, sql } from 'kysely';
import type { IdentityKey } from '../domain/population.ts';
import type {
  IdentityCounts,
  IdentityFinding,
  IdentityListing,
  JoinScope,
  OrderConflict,
} from './identity-store.ts';
import type { Tables } from './schema.ts';

/** How many are joined, and how much was found on the way. */
export async function countIdentities(
  db: Kysely<Tables>,
  { id, connections, by }: JoinScope,
): Promise<IdentityCounts> {
  const { rows } = await sql<{ by: IdentityKey; persons: number }>`
    select by_key as by, count(*) as persons from (
      select distinct on (person) person, by_key from identities
      where connection_id = any(${connections}::text[])
      order by person, array_position(${by}::text[], by_key::text) desc) as persons
    group by by_key`.execute(db);
  const found = await sql<{ kind: string; findings: number }>`
    select kind, count(*) as findings from identity_findings
    where population = ${id} group by kind`.execute(db);
  const findings = (kind: string) => found.rows.find((row) => row.kind === kind)?.findings ?? 0;
  const persons = (key: IdentityKey) => rows.find((row) => row.by === key)?.persons ?? 0;
  return {
    joined: {
      externalId: persons('externalId'),
      email: persons('email'),
      phone: persons('phone'),
    },
    conflicts: findings('conflict'),
    duplicates: findings('duplicate'),
  };
}

export async function listIdentities(
  db: Kysely<Tables>,
  scope: JoinScope,
  limit: number,
): Promise<IdentityListing> {
  const { orders, shown } = await orderConflicts(db, scope, limit);
  return {
    ...(await countIdentities(db, scope)),
    conflictsShown: await findingsOf(db, scope, 'conflict', limit),
    duplicatesShown: await findingsOf(db, scope, 'duplicate', limit),
    orders,
    ordersShown: shown,
  };
}

async function findingsOf(
  db: Kysely<Tables>,
  { id }: JoinScope,
  kind: 'conflict' | 'duplicate',
  limit: number,
): Promise<readonly IdentityFinding[]> {
  return db
    .selectFrom('identity_findings')
    .select(['by_key as by', 'against', 'members', 'size'])
    .where('population', '=', id)
    .where('kind', '=', kind)
    .orderBy('position')
    .limit(limit)
    .execute();
}

/** Won deals of a joined customer with one reference that are not the same in two connections. */
async function orderConflicts(
  db: Kysely<Tables>,
  { connections }: JoinScope,
  limit: number,
): Promise<{ readonly orders: number; readonly shown: readonly OrderConflict[] }> {
  const { rows } = await sql<OrderConflict & { readonly total: number }>`
    with won as materialized (
      select i.person, d.connection_id, d.reference, d.id, d.closed_on, d.amount_minor,
        d.amount_currency, array_position(${connections}::text[], d.connection_id::text) as ord
      from identities i
      join deal_links l on l.connection_id = i.connection_id and l.customer_id = i.customer_id
      join deals d on d.connection_id = l.connection_id and d.id = l.deal_id
      where i.connection_id = any(${connections}::text[])
        and d.gone is null and d.status = 'won' and d.reference <> ''),
    told as (
      select person, reference, connection_id, array_agg(
        concat_ws(' ', closed_on, coalesce(amount_minor::text, '-'), amount_currency)
        order by closed_on, amount_minor, amount_currency) as orders
      from won group by person, reference, connection_id),
    differing as (
      select person, reference, count(*) over () as total from told
      group by person, reference having count(distinct orders) > 1
      order by person, reference limit ${limit})
    select differing.total, reference, jsonb_agg(jsonb_build_object(
        'connection', connection_id, 'id', id, 'closedOn', closed_on, 'minor', amount_minor,
        'currency', amount_currency) order by ord, id) as deals
    from differing join won using (person, reference)
    group by person, reference, differing.total order by person, reference`.execute(db);
  return {
    orders: rows[0]?.total ?? 0,
    shown: rows.map(({ reference, deals }) => ({ reference, deals })),
  };
}
