import { type Kysely, sql } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import type { RecordStore, UnattributedCause } from './record-store.ts';
import type { Tables } from './schema.ts';

type Unattributed = Awaited<ReturnType<RecordStore['unattributed']>>;
type Row = { readonly cause: UnattributedCause; readonly deals: number; readonly minor: number };

/** Live won deals without a live customer, by what became of those they name. */
export async function unattributed(
  db: Kysely<Tables>,
  connection: ConnectionId,
): Promise<Unattributed> {
  const { rows } = await sql<Row>`
    with named as (
      select l.deal_id, bool_or(c.id is not null and c.gone is null) as is_live,
        bool_or(c.gone is not null) as is_gone
      from deal_links l left join customers c
      on c.connection_id = l.connection_id and c.id = l.customer_id
      where l.connection_id = ${connection} group by l.deal_id),
    lost as (
      select d.home_minor, case when n.deal_id is null then 'no-customer'
        when n.is_gone then 'customer-gone' else 'customer-unknown' end as cause
      from deals d left join named n on n.deal_id = d.id
      where d.connection_id = ${connection} and d.gone is null and d.status = 'won'
      and n.is_live is not true)
    select cause, count(*) as deals, coalesce(sum(home_minor), 0)::bigint as minor
    from lost group by cause`.execute(db);
  const none = { deals: 0, minor: 0 };
  const found = new Map(rows.map(({ cause, deals, minor }) => [cause, { deals, minor }]));
  return {
    'no-customer': found.get('no-customer') ?? none,
    'customer-gone': found.get('customer-gone') ?? none,
    'customer-unknown': found.get('customer-unknown') ?? none,
  };
}
