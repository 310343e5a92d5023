import { type Kysely, sql } from 'kysely';
import type { Baseline, HeldTier, Sight } from '../domain/baseline.ts';
import type { ConnectionId, PlanId, RunId } from '../domain/ids.ts';
import type { LocalDay } from '../domain/time.ts';
import type { Database } from './database.ts';
import { jsonText } from './recordset.ts';
import type { Tables } from './schema.ts';

/**
 * What plans are compared with. The baseline is what the newest applied plan was made from: it moves
 * with the plan's status, so that a fall cannot creep past in plans that nobody let write.
 */
export type BaselineStore = {
  /** The connection as it is stored now. */
  readonly look: (connection: ConnectionId) => Promise<Sight>;
  /** Live customers by the tier that the CRM shows; who has none is left out. */
  readonly heldTiers: (connection: ConnectionId) => Promise<readonly HeldTier[]>;
  /** Keeps what a plan was made from. */
  readonly keep: (plan: SeenBy, sight: Sight) => Promise<void>;
  /** `null`: no plan of a run was ever applied. */
  readonly last: (connection: ConnectionId) => Promise<Baseline | null>;
};

/** The plan that was made from it. */
export type SeenBy = {
  readonly id: PlanId;
  readonly connection: ConnectionId;
  readonly runId: RunId;
  readonly asOf: LocalDay;
};

export function baselineStore(database: Database): BaselineStore {
  return {
    look: (connection) => database.query((db) => look(db, connection)),
    heldTiers: (connection) => database.query((db) => loadHeldTiers(db, connection)),
    keep: (plan, sight) => keep(database, plan, sight),
    last: (connection) => database.query((db) => loadLast(db, connection)),
  };
}

async function look(db: Kysely<Tables>, connection: ConnectionId): Promise<Sight> {
  const { rows } = await sql<Sight>`
    with won as (
      select amount_currency as currency, count(*) as deals,
        coalesce(sum(home_minor), 0)::bigint as minor
      from deals where connection_id = ${connection} and gone is null and status = 'won'
      group by amount_currency)
    select
      (select count(*) from customers
        where connection_id = ${connection} and gone is null) as customers,
      coalesce(sum(deals), 0)::bigint as "wonDeals",
      coalesce(sum(minor), 0)::bigint as "wonMinor",
      (select currency from connections where id = ${connection}) as "homeCurrency",
      coalesce(jsonb_object_agg(currency, minor) filter (where currency is not null), '{}')
        as "wonByCurrency",
      (select avg(completeness)::float8 / 100 from scores where connection_id = ${connection})
        as completeness
    from won`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new TypeError('An aggregate always has a row');
  return row;
}

async function loadHeldTiers(
  db: Kysely<Tables>,
  connection: ConnectionId,
): Promise<readonly HeldTier[]> {
  const { rows } = await sql<HeldTier>`
    select c.held->>'value_tier' as tier, count(*) as customers,
      coalesce(sum(greatest(s.net_minor, 0)), 0)::bigint as "netMinor"
    from customers c
    left join scores s on s.connection_id = c.connection_id and s.customer_id = c.id
    where c.connection_id = ${connection} and c.gone is null and c.held->>'value_tier' is not null
    group by 1 order by 1`.execute(db);
  return rows;
}

async function keep(database: Database, plan: SeenBy, sight: Sight): Promise<void> {
  const row = {
    plan_id: plan.id,
    connection_id: plan.connection,
    run_id: plan.runId,
    as_of: plan.asOf,
    customers: sight.customers,
    won_deals: sight.wonDeals,
    won_minor: sight.wonMinor,
    home_currency: sight.homeCurrency,
    won_by_currency: jsonText(sight.wonByCurrency),
    completeness: sight.completeness,
  };
  await database.transaction((trx) =>
    trx
      .insertInto('baselines')
      .values(row)
      .onConflict((conflict) => conflict.column('plan_id').doUpdateSet(row))
      .execute(),
  );
}

async function loadLast(db: Kysely<Tables>, connection: ConnectionId): Promise<Baseline | null> {
  const row = await db
    .selectFrom('baselines')
    .innerJoin('plans', 'plans.id', 'baselines.plan_id')
    .selectAll('baselines')
    .where('baselines.connection_id', '=', connection)
    .where('plans.status', '=', 'applied')
    .where(notUndone)
    .orderBy('plans.position', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    planId: row.plan_id,
    runId: row.run_id,
    asOf: row.as_of,
    customers: row.customers,
    wonDeals: row.won_deals,
    wonMinor: row.won_minor,
    homeCurrency: row.home_currency,
    wonByCurrency: row.won_by_currency,
    completeness: row.completeness,
  };
}

/** What was taken back is no measure; a rollback that was taken back itself takes nothing back. */
const notUndone = sql<boolean>`not exists (
  select from plans r where r.id = plans.undone_by and r.status = 'applied'
  and r.undone_by is null)`;
