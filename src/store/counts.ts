import { type Kysely, sql } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import type { RecordCounts } from './record-store.ts';
import type { Tables } from './schema.ts';

type Row = {
  readonly customers: number;
  readonly dirty: number;
  readonly deals: number;
  readonly won: number;
  readonly won_minor: number;
  readonly unattributed: number;
  readonly unattributed_minor: number;
  readonly problems: Readonly<Record<string, number>>;
};

/** One statement over all live rows. */
export async function countRecords(
  db: Kysely<Tables>,
  connection: ConnectionId,
): Promise<RecordCounts> {
  const { rows } = await statement(connection).execute(db);
  const [row] = rows;
  if (row === undefined) throw new TypeError('An aggregate always has a row');
  const missing = row.unattributed > 0 ? { 'customer-missing': row.unattributed } : {};
  return {
    customers: row.customers,
    deals: row.deals,
    wonDeals: row.won,
    dirty: row.dirty,
    problems: { ...row.problems, ...missing },
    wonMinor: row.won_minor,
    unattributedMinor: row.unattributed_minor,
  };
}

function statement(connection: ConnectionId) {
  return sql<Row>`
    with live as materialized (
      select id from customers where connection_id = ${connection} and gone is null),
    attributed as (
      select distinct deal_id from deal_links
      where connection_id = ${connection} and customer_id in (select id from live)),
    won as materialized (
      select d.home_minor, d.problems, a.deal_id is null as unattributed
      from deals d left join attributed a on a.deal_id = d.id
      where d.connection_id = ${connection} and d.gone is null and d.status = 'won'),
    problems as (
      select problem, count(*) as count from won, jsonb_array_elements_text(problems) as problem
      where problem <> 'customer-missing' group by problem)
    select
      (select count(*) from live) as customers,
      (select count(*) from dirty_customers
        where connection_id = ${connection} and customer_id in (select id from live)) as dirty,
      (select count(*) from deals
        where connection_id = ${connection} and gone is null) as deals,
      count(*) as won,
      coalesce(sum(home_minor), 0)::bigint as won_minor,
      count(*) filter (where unattributed) as unattributed,
      coalesce(sum(home_minor) filter (where unattributed), 0)::bigint as unattributed_minor,
      coalesce((select jsonb_object_agg(problem, count) from problems), '{}') as problems
    from won`;
}
