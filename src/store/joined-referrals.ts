import { type Kysely, sql } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { JoinedReferrals } from './identity-store.ts';
import { circles } from './referral-circles.ts';
import type { Tables } from './schema.ts';

type Counts = { readonly referred: number; readonly bought: number };

/** A record that names a referrer; persons by label, `connection/id` of whoever is not joined. */
type Row = {
  readonly person: string;
  readonly referrer: string;
  readonly bought: boolean;
};

/**
 * Referral counts of persons. A name is looked for in the record's own connection first, there also
 * as a record id; the first record of a person that names somebody known says who sent it.
 */
export async function joinedReferrals(
  db: Kysely<Tables>,
  connections: readonly ConnectionId[],
): Promise<JoinedReferrals> {
  const rows = await loadNamed(db, connections);
  const referrerOf = new Map<string, string>();
  const bought = new Set<string>();
  for (const row of rows) {
    if (referrerOf.has(row.person)) continue;
    referrerOf.set(row.person, row.referrer);
    if (row.bought) bought.add(row.person);
  }
  const onCircle = circles(referrerOf);
  const counts = new Map<string, { referred: number; bought: number }>();
  for (const [person, referrer] of referrerOf) {
    if (onCircle.has(person)) continue;
    const known = counts.get(referrer) ?? { referred: 0, bought: 0 };
    counts.set(referrer, {
      referred: known.referred + 1,
      bought: known.bought + (bought.has(person) ? 1 : 0),
    });
  }
  return byRecord(db, connections, counts);
}

async function loadNamed(
  db: Kysely<Tables>,
  connections: readonly ConnectionId[],
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    with live as materialized (
      select c.connection_id, c.id, c.external_id, c.email, c.referred_by,
        array_position(${connections}::text[], c.connection_id::text) as ord,
        coalesce(i.person, c.connection_id || '/' || c.id) as person
      from customers c
      left join identities i on i.connection_id = c.connection_id and i.customer_id = c.id
      where c.connection_id = any(${connections}::text[]) and c.gone is null),
    wanted as materialized (
      select distinct connection_id, referred_by as key from live where referred_by is not null),
    called as materialized (
      select external_id as key, null::text as only_in, ord, id, person, 1 as rank
        from live where external_id is not null
      union all select id, connection_id, ord, id, person, 2 from live
      union all select a.old_id, a.connection_id, live.ord, live.id, person, 3
        from customer_aliases a
        join live on live.connection_id = a.connection_id and live.id = a.new_id
      union all select email, null, ord, id, person, 4 from live where email is not null),
    referrers as materialized (
      select distinct on (w.connection_id, w.key) w.connection_id, w.key, called.person
      from wanted w join called on called.key = w.key
        and (called.only_in is null or called.only_in = w.connection_id)
      order by w.connection_id, w.key,
        called.ord <> array_position(${connections}::text[], w.connection_id::text),
        called.rank, called.ord, called.id),
    buyers as materialized (
      select distinct live.person from deal_links l
      join deals d on d.connection_id = l.connection_id and d.id = l.deal_id
      join live on live.connection_id = l.connection_id and live.id = l.customer_id
      where l.connection_id = any(${connections}::text[])
        and d.gone is null and d.status = 'won')
    select live.person, r.person as referrer, buyers.person is not null as bought
    from live join referrers r on r.connection_id = live.connection_id and r.key = live.referred_by
    left join buyers on buyers.person = live.person
    where r.person <> live.person
    order by live.ord, live.id`.execute(db);
  return rows;
}

async function byRecord(
  db: Kysely<Tables>,
  connections: readonly ConnectionId[],
  counts: ReadonlyMap<string, Counts>,
): Promise<JoinedReferrals> {
  const { rows } = await sql<{ person: string; connection: ConnectionId; id: RecordId }>`
    select person, connection_id as connection, customer_id as id from identities
    where connection_id = any(${connections}::text[])
      and person = any(${[...counts.keys()]}::text[])`.execute(db);
  const joined = Map.groupBy(rows, ({ person }) => person);
  const found = new Map(connections.map((id) => [id, new Map<RecordId, Counts>()]));
  for (const [person, count] of counts) {
    const records = joined.get(person) ?? [recordOf(person)];
    for (const { connection, id } of records) found.get(connection)?.set(id, count);
  }
  return found;
}

/** Of a person who is not joined: the label names the record. */
function recordOf(person: string) {
  const at = person.indexOf('/');
  return { connection: person.slice(0, at), id: person.slice(at + 1) };
}
