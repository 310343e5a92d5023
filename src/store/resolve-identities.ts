import { sql, type Transaction } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import type { JoinScope } from './identity-store.ts';
import { joinCustomers } from './join-customers.ts';
import { pageLocks } from './page-lock.ts';
import { absorbMarks, markEverybody, markSelected } from './partner-marks.ts';
import type { Tables } from './schema.ts';

/** See `IdentityStore.resolve`. No page of these connections is stored meanwhile. */
export async function resolveIdentities(
  trx: Transaction<Tables>,
  own: ConnectionId | null,
  scope: JoinScope,
): Promise<readonly ConnectionId[]> {
  await pageLocks(trx, scope.connections);
  const states = await loadStates(trx, scope);
  if (own !== null) await absorbMarks(trx, own);
  const [first, ...others] = scope.connections;
  if (first !== undefined && others.length === 0) {
    if (states.has(first)) await leave(trx, first);
    return [first];
  }
  const present = await presentOf(trx, own, scope);
  const signature = JSON.stringify([present, scope.by]);
  const isSame = scope.connections.every((id) => {
    const state = states.get(id);
    return state?.population === scope.id && state.signature === signature && !state.moved;
  });
  if (isSame) return present;
  const newcomers = scope.connections.filter((id) => states.get(id)?.population !== scope.id);
  await markEverybody(trx, own, newcomers);
  await joinCustomers(trx, scope, present);
  const isNew = newcomers.length === scope.connections.length;
  await saveMembers(trx, own, scope, isNew);
  await saveFindings(trx, scope);
  await saveStates(trx, scope, signature);
  await sql`drop table join_records, join_findings, join_persons, join_moved`.execute(trx);
  return present;
}

async function loadStates(trx: Transaction<Tables>, { connections }: JoinScope) {
  const rows = await trx
    .selectFrom('identity_states')
    .select(['connection_id', 'population', 'signature', 'moved'])
    .where('connection_id', 'in', connections)
    .execute();
  return new Map(rows.map((row) => [row.connection_id, row]));
}

/** A connection pulled half way would show half of its orders. */
async function presentOf(trx: Transaction<Tables>, own: ConnectionId | null, scope: JoinScope) {
  const rows = await trx
    .selectFrom('pulls')
    .select('connection_id')
    .where('connection_id', 'in', scope.connections)
    .where('watermark', 'is not', null)
    .execute();
  const pulled = new Set([own, ...rows.map((row) => row.connection_id)]);
  return scope.connections.filter((id) => pulled.has(id));
}

/**
 * A connection taken out of its group: nobody is joined with its customers any more. The others'
 * group has another name now, so they see to themselves.
 */
async function leave(trx: Transaction<Tables>, own: ConnectionId): Promise<void> {
  await trx.deleteFrom('identities').where('connection_id', '=', own).execute();
  await sql`
    delete from identity_findings where population = (
      select population from identity_states where connection_id = ${own})`.execute(trx);
  await trx.deleteFrom('identity_states').where('connection_id', '=', own).execute();
  await markEverybody(trx, own, [own]);
}

/** Writes what differs from the joining before, and marks all whom that concerns. */
async function saveMembers(
  trx: Transaction<Tables>,
  own: ConnectionId | null,
  { connections }: JoinScope,
  isNew: boolean,
): Promise<void> {
  await sql`
    create temp table join_persons on commit drop as
    select r.connection_id, r.id as customer_id, r.by_key,
      first.connection_id || '/' || first.id as person
    from join_records r join join_records first on first.num = r.person
    where r.by_key is not null`.execute(trx);
  await sql`analyze join_persons`.execute(trx);
  const ours = sql`connection_id = any(${connections}::text[])`;
  const known = sql`select connection_id, customer_id, person from identities where ${ours}`;
  const found = sql`select connection_id, customer_id, person from join_persons`;
  await sql`
    create temp table join_moved on commit drop as
    select distinct person from (
      (${known} except ${found}) union all (${found} except ${known})) as moved`.execute(trx);
  await sql`analyze join_moved`.execute(trx);
  const concerned = sql`
    select connection_id, customer_id from identities
      join join_moved using (person) where ${ours}
    union select connection_id, customer_id from join_persons join join_moved using (person)`;
  // In a new group everybody is marked already.
  if (!isNew) await markSelected(trx, own, concerned);
  await sql`
    delete from identities
    where ${ours} and person in (select person from join_moved)`.execute(trx);
  await sql`
    insert into identities (connection_id, customer_id, person, by_key)
    select connection_id, customer_id, person, by_key
    from join_persons join join_moved using (person)`.execute(trx);
  await sql`
    update identities i set by_key = p.by_key from join_persons p
    where i.connection_id = p.connection_id and i.customer_id = p.customer_id
    and i.by_key <> p.by_key`.execute(trx);
  // Without knowing its size every page of a scoring would read all of it.
  await sql`analyze identities`.execute(trx);
}

async function saveFindings(trx: Transaction<Tables>, { id, by }: JoinScope): Promise<void> {
  await trx.deleteFrom('identity_findings').where('population', '=', id).execute();
  await sql`
    with findings as materialized (
      select row_number() over (order by array_position(${by}::text[], by_key), nums) as at, *
      from join_findings),
    named as (
      select f.at, jsonb_agg(
        jsonb_build_object('connection', r.connection_id, 'id', r.id) order by r.num) as members
      from findings f cross join unnest(f.nums[1:10]) as shown (num)
      join join_records r on r.num = shown.num
      group by f.at)
    insert into identity_findings (population, kind, by_key, against, size, members)
    select ${id}, f.kind, f.by_key, f.against, cardinality(f.nums), named.members
    from findings f join named using (at) order by f.at`.execute(trx);
}

async function saveStates(
  trx: Transaction<Tables>,
  { id, connections }: JoinScope,
  signature: string,
): Promise<void> {
  const rows = connections.map((connection_id) => ({
    connection_id,
    ...{ population: id, signature, moved: false },
  }));
  await trx
    .insertInto('identity_states')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('connection_id').doUpdateSet({ population: id, signature, moved: false }),
    )
    .execute();
}
