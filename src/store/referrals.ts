import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import { joinedReferrals } from './joined-referrals.ts';
import type { RecordStore } from './record-store.ts';
import { recordset } from './recordset.ts';
import { circles } from './referral-circles.ts';
import type { Tables } from './schema.ts';

type Referrals = Awaited<ReturnType<RecordStore['referrals']>>;
type Row = { readonly id: RecordId; readonly referrer: RecordId; readonly bought: boolean };

/**
 * `live` customers and whom a name means: a name that fits several is the external id of one before
 * the record id (or former record id) of another, before an e-mail.
 */
function referrers(connection: ConnectionId): RawBuilder<unknown> {
  return sql`
    live as materialized (
      select id, external_id, email, referred_by from customers
      where connection_id = ${connection} and gone is null),
    called as (
      select external_id as key, id, 1 as rank from live where external_id is not null
      union all select id, id, 2 from live
      union all select old_id, new_id, 3 from customer_aliases where connection_id = ${connection}
      union all select email, id, 4 from live where email is not null),
    referrers as (
      select distinct on (key) key, id from called
      where key in (select referred_by from live) and id in (select id from live)
      order by key, rank, id)`;
}

/** Referral counts by referrer; oneself and circles of referrals are left out. */
export async function referrals(db: Kysely<Tables>, connection: ConnectionId): Promise<Referrals> {
  const { rows } = await sql<Row>`
    with ${referrers(connection)},
    buyers as (
      select distinct l.customer_id from deal_links l join deals d
      on d.connection_id = l.connection_id and d.id = l.deal_id
      where l.connection_id = ${connection} and d.gone is null and d.status = 'won')
    select live.id, referrers.id as referrer, buyers.customer_id is not null as bought
    from live join referrers on referrers.key = live.referred_by and referrers.id <> live.id
    left join buyers on buyers.customer_id = live.id`.execute(db);
  const onCircle = circles(new Map(rows.map(({ id, referrer }) => [id, referrer])));
  const counts = new Map<RecordId, { referred: number; bought: number }>();
  for (const { id, referrer, bought } of rows) {
    if (onCircle.has(id)) continue;
    const known = counts.get(referrer) ?? { referred: 0, bought: 0 };
    counts.set(referrer, {
      referred: known.referred + 1,
      bought: known.bought + (bought ? 1 : 0),
    });
  }
  return counts;
}

/**
 * Marks whoever's referrals are not those that the last score was made with: the one sent bought,
 * came, left, names somebody else now, or closed a circle.
 */
export async function spreadReferrals(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  together: readonly ConnectionId[],
): Promise<void> {
  const counts =
    together.length === 1
      ? await referrals(trx, connection)
      : ((await joinedReferrals(trx, together)).get(connection) ?? new Map());
  const rows = [...counts].map(([id, { referred, bought }]) => ({ id, referred, bought }));
  await sql`
    with counts as materialized (
      select * from ${recordset(rows, { id: 'text', referred: 'integer', bought: 'integer' })}),
    scored as (
      select customer_id, referrals, referrals_bought from scores
      where connection_id = ${connection}
        and (referrals > 0 or customer_id in (select id collate "C" from counts)))
    insert into dirty_customers (connection_id, customer_id)
    select ${connection}, scored.customer_id
    from scored join customers c on c.connection_id = ${connection} and c.id = scored.customer_id
    left join counts on counts.id = scored.customer_id
    where c.gone is null and not c.opted_out ${together.length === 1 ? sql`` : partnersAreIn(connection)}
      and (coalesce(referrals, 0), coalesce(referrals_bought, 0))
        <> (coalesce(counts.referred, 0), coalesce(counts.bought, 0))
    order by scored.customer_id
    on conflict do nothing`.execute(trx);
}

/** Left out as soon as one of its records asks for it. */
function partnersAreIn(connection: ConnectionId): RawBuilder<unknown> {
  return sql`and not exists (
    select from identities mine
    join identities other on other.person = mine.person
    join customers partner
      on partner.connection_id = other.connection_id and partner.id = other.customer_id
    where mine.connection_id = ${connection} and mine.customer_id = c.id and partner.opted_out)`;
}
