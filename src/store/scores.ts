import { type Kysely, sql, type Transaction } from 'kysely';
import type { CustomerHistory } from '../domain/history.ts';
import type { ConnectionId, RecordId, RunId } from '../domain/ids.ts';
import type { Standing } from '../domain/result.ts';
import type { Score } from '../domain/score.ts';
import type { CutPoints } from '../policy/cut-points.ts';
import type { Database } from './database.ts';
import { anyOf } from './live.ts';
import { markEverybody } from './partner-marks.ts';
import { jsonText, names, orderedRecordset, overwrites } from './recordset.ts';
import type { Tables } from './schema.ts';
import { loadCarried } from './score-carried.ts';
import { keepChanged } from './score-history.ts';
import { scoreColumns, toScoreRow } from './score-rows.ts';
import { hashScores } from './scores-hash.ts';
import { standingOf, unsettledRuns } from './settled-runs.ts';
import type { ScoreStore, StoredPolicy } from './store.ts';

/** Histories, scores and the cut points and policies they were made with. */
export function scoreStore(database: Database): ScoreStore {
  return {
    saveHistories: (connection, rows) =>
      database.transaction((trx) => saveHistories(trx, connection, rows)),
    histories: (connection, select) =>
      database.query((db) => loadHistories(db, connection, select)),
    save: (connection, runId, rows) =>
      database.transaction((trx) => saveScores(trx, connection, runId, rows)),
    page: (connection, select) => database.query((db) => loadPage(db, connection, select)),
    ids: (connection, select) => database.query((db) => loadIds(db, connection, select)),
    unplannedRuns: (connection) => database.query((db) => loadUnplannedRuns(db, connection)),
    carried: (connection, ids) => database.query((db) => loadCarried(db, connection, ids)),
    byId: (connection, id) => database.query((db) => loadScore(db, connection, id)),
    saveCutPoints: async (population, runId, cuts, marked) => {
      const { own, connections } = marked ?? { own: population, connections: [population] };
      await database.transaction(async (trx) => {
        await saveCutPoints(trx, population, runId, cuts);
        await markEverybody(trx, own, connections);
      });
    },
    cutPoints: (connection) => database.query((db) => loadCutPoints(db, connection)),
    standings: (connection, ids) => database.query((db) => loadStandings(db, connection, ids)),
    savePolicy: (policy) => database.query((db) => savePolicy(db, policy)),
    policy: (version) => database.query((db) => loadPolicy(db, version)),
    state: (connection) => database.query((db) => loadState(db, connection)),
    hash: (connection) => database.transaction((trx) => hashScores(trx, connection)),
    tiers: (connection) => database.query((db) => countTiers(db, connection)),
  };
}

async function saveHistories(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  histories: readonly CustomerHistory[],
): Promise<void> {
  if (histories.length === 0) return;
  const rows = histories.map((one) => ({ customer_id: one.customerId, signals: one }));
  await sql`
    insert into signals (connection_id, customer_id, signals)
    select ${connection}, r.customer_id, r.signals
    from ${orderedRecordset(rows, { customer_id: 'text', signals: 'json' })}
    on conflict (connection_id, customer_id)
    do update set signals = excluded.signals`.execute(trx);
}

async function loadHistories(
  db: Kysely<Tables>,
  connection: ConnectionId,
  { after, limit }: Parameters<ScoreStore['histories']>[1],
): Promise<readonly CustomerHistory[]> {
  const all = db.selectFrom('signals').select('signals').where('connection_id', '=', connection);
  const rest = after === null ? all : all.where('customer_id', '>', after);
  const rows = await rest.orderBy('customer_id').limit(limit).execute();
  return rows.map((row) => row.signals);
}

async function saveCutPoints(
  trx: Transaction<Tables>,
  population: string,
  runId: RunId,
  cuts: CutPoints,
): Promise<void> {
  const row = { connection_id: population, run_id: runId, cuts: jsonText(cuts) };
  await trx.insertInto('cut_points').values(row).execute();
}

async function saveScores(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  runId: RunId,
  scores: readonly Score[],
): Promise<void> {
  if (scores.length === 0) return;
  const ids = scores.map(({ customerId }) => customerId);
  await sql`
    with scored_rows as materialized (
      select r.* from ${orderedRecordset(scores.map(toScoreRow), scoreColumns)}),
    kept as (${keepChanged(connection, runId)}),
    scored as (
      delete from dirty_customers
      where connection_id = ${connection} and customer_id = any(${ids}::text[])),
    unplanned as (
      insert into unplanned_runs (connection_id, run_id) values (${connection}, ${runId})
      on conflict do nothing),
    unsettled as (
      insert into unsettled_runs (connection_id, run_id) values (${connection}, ${runId})
      on conflict do nothing)
    insert into scores (connection_id, run_id, ${names(scoreColumns)})
    select ${connection}, ${runId}, ${names(scoreColumns, 'r.')} from scored_rows r
    on conflict (connection_id, customer_id)
    do update set run_id = excluded.run_id, base_standing = case
        when scores.run_id in (${unsettledRuns(connection)}) then scores.base_standing
        else scores.standing end,
      ${overwrites(scoreColumns)}`.execute(trx);
}

async function loadPage(
  db: Kysely<Tables>,
  connection: ConnectionId,
  select: Parameters<ScoreStore['page']>[1],
) {
  return await pageOf(db, connection, select)
    .select(['scores.score', 'customers.held'])
    .select(
      sql<readonly string[]>`array(
        select m.list_key from list_members m
        where m.connection_id = scores.connection_id and m.customer_id = scores.customer_id
        order by m.list_key)`.as('lists'),
    )
    .execute();
}

async function loadIds(
  db: Kysely<Tables>,
  connection: ConnectionId,
  select: Parameters<ScoreStore['ids']>[1],
): Promise<readonly RecordId[]> {
  const rows = await pageOf(db, connection, select).select('scores.customer_id').execute();
  return rows.map((row) => row.customer_id);
}

function pageOf(
  db: Kysely<Tables>,
  connection: ConnectionId,
  { after, limit, unplanned = false, ids }: Parameters<ScoreStore['page']>[1],
) {
  const all = db
    .selectFrom('scores')
    .innerJoin('customers', (join) =>
      join
        .onRef('customers.connection_id', '=', 'scores.connection_id')
        .onRef('customers.id', '=', 'scores.customer_id'),
    )
    .where('scores.connection_id', '=', connection)
    .where('customers.gone', 'is', null);
  const chosen = unplanned ? all.where('scores.run_id', 'in', unplannedRuns(db, connection)) : all;
  const named = ids === undefined ? chosen : chosen.where('scores.customer_id', '=', anyOf(ids));
  const rest = after === null ? named : named.where('scores.customer_id', '>', after);
  return rest.orderBy('scores.customer_id').limit(limit);
}

function unplannedRuns(db: Kysely<Tables>, connection: ConnectionId) {
  return db.selectFrom('unplanned_runs').select('run_id').where('connection_id', '=', connection);
}

async function loadUnplannedRuns(
  db: Kysely<Tables>,
  connection: ConnectionId,
): Promise<readonly RunId[]> {
  const rows = await unplannedRuns(db, connection).orderBy('run_id').execute();
  return rows.map((row) => row.run_id);
}

async function loadScore(
  db: Kysely<Tables>,
  connection: ConnectionId,
  id: RecordId,
): Promise<Score | null> {
  const row = await db
    .selectFrom('scores')
    .select('score')
    .where('connection_id', '=', connection)
    .where('customer_id', '=', id)
    .executeTakeFirst();
  return row?.score ?? null;
}

async function loadStandings(
  db: Kysely<Tables>,
  connection: ConnectionId,
  ids: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, Standing>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('scores as s')
    .select('customer_id')
    .select(sql<Standing | null>`${standingOf}`.as('standing'))
    .where('connection_id', '=', connection)
    .where('customer_id', '=', anyOf(ids))
    .execute();
  return new Map(
    rows.flatMap(({ customer_id, standing }) =>
      standing === null ? [] : [[customer_id, standing] as const],
    ),
  );
}

/** The first content stays: it is what scored when the version was new. */
async function savePolicy(db: Kysely<Tables>, policy: StoredPolicy): Promise<void> {
  const { version, content, firstUsedAt } = policy;
  await db
    .insertInto('policies')
    .values({ version, content: jsonText(content), first_used_at: firstUsedAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function loadPolicy(db: Kysely<Tables>, version: string): Promise<StoredPolicy | null> {
  const row = await db
    .selectFrom('policies')
    .select(['version', 'content', 'first_used_at as firstUsedAt'])
    .where('version', '=', version)
    .executeTakeFirst();
  return row ?? null;
}

async function loadCutPoints(db: Kysely<Tables>, connection: ConnectionId) {
  const row = await db
    .selectFrom('cut_points')
    .select('cuts')
    .where('connection_id', '=', connection)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.cuts ?? null;
}

async function loadState(db: Kysely<Tables>, connection: ConnectionId) {
  const { rows } = await sql<Awaited<ReturnType<ScoreStore['state']>>>`
    select coalesce(sum(scored), 0)::bigint as scored, min(oldest) as "oldestAsOf", max(newest) as "newestAsOf",
      coalesce(jsonb_agg(policy_version order by policy_version), '[]') as "policyVersions"
    from (
      select policy_version, count(*) as scored, min(as_of) as oldest,
        max(as_of) as newest
      from scores
      where connection_id = ${connection} group by policy_version) versions`.execute(db);
  return rows[0] ?? { scored: 0, oldestAsOf: null, newestAsOf: null, policyVersions: [] };
}

async function countTiers(db: Kysely<Tables>, connection: ConnectionId) {
  const { rows } = await sql<{ tier: string; customers: number }>`
    select coalesce(tier, 'none') as tier, count(*) as customers from scores
    where connection_id = ${connection} group by tier order by tier`.execute(db);
  return Object.fromEntries(rows.map(({ tier, customers }) => [tier, customers]));
}
