import type { Kysely, Transaction } from 'kysely';
import type { Hold } from '../domain/hold.ts';
import type { ConnectionId, PlanId, RunId } from '../domain/ids.ts';
import type { Plan, PlanDecision, PlanKind, PlanStatus, PlanSummary } from '../domain/plan.ts';
import type { Database } from './database.ts';
import { anyOf } from './live.ts';
import { addChanges, loadChanges, markPending, markSending } from './plan-changes.ts';
import { addMemberships, loadMemberships, saveMembershipReceipts } from './plan-memberships.ts';
import { loadSending, supersede } from './plan-order.ts';
import { loadOwnWrites, loadReceiptCounts, loadRejections } from './plan-outcomes.ts';
import { saveReceipts } from './plan-receipts.ts';
import type { PlanStore } from './plan-store.ts';
import { jsonText } from './recordset.ts';
import type { Tables } from './schema.ts';

/** Plans, their changes and what became of them. */
export function planStore(database: Database): PlanStore {
  return {
    create: (plan) => create(database, plan),
    addChanges: (id, changes) => database.transaction((trx) => addChanges(trx, id, changes)),
    addMemberships: (id, changes) =>
      database.transaction((trx) => addMemberships(trx, id, changes)),
    finish: (id, summary, runs) => finish(database, id, summary, runs),
    countAsPlanned: (connection, runs) =>
      database.transaction((trx) => countAsPlanned(trx, connection, runs)),
    unfinished: (connection) => database.query((db) => loadUnfinished(db, connection)),
    supersede: (connection, id, customers) =>
      database.transaction((trx) => supersede(trx, connection, id, customers)),
    sending: (connection, customers) =>
      database.query((db) => loadSending(db, connection, customers)),
    setStatus: (id, status) => setStatus(database, id, status),
    byId: (id) => database.query((db) => loadPlan(db, id)),
    latest: (connection, statuses) => database.query((db) => loadLatest(db, connection, statuses)),
    changes: (id, select) => database.query((db) => loadChanges(db, id, select)),
    markSending: (id, seqs) => database.transaction((trx) => markSending(trx, id, seqs)),
    markPending: (id, seqs) => database.transaction((trx) => markPending(trx, id, seqs)),
    saveReceipts: (connection, id, marker, receipts) =>
      database.transaction((trx) => saveReceipts(trx, connection, id, marker, receipts)),
    receiptCounts: (id) => database.query((db) => loadReceiptCounts(db, id)),
    rejections: (id, limit) => database.query((db) => loadRejections(db, id, limit)),
    memberships: (id, select) => database.query((db) => loadMemberships(db, id, select)),
    saveMembershipReceipts: (connection, id, receipts) =>
      database.transaction((trx) => saveMembershipReceipts(trx, connection, id, receipts)),
    ownWrites: (connection, since) => database.query((db) => loadOwnWrites(db, connection, since)),
  };
}

const emptySummary: PlanSummary = {
  customers: 0,
  changes: 0,
  changesByPriority: {},
  tierMoves: [],
  lists: [],
  cost: { calls: 0, spends: 0, unit: 'calls', quotaShare: null, days: null, route: null },
  warnings: [],
};

async function create(database: Database, plan: Parameters<PlanStore['create']>[0]): Promise<void> {
  const { beside = false } = plan;
  await database.transaction(async (trx) => {
    if (!beside) await supersedeOlder(trx, plan.connection);
    await trx
      .insertInto('plans')
      .values({
        id: plan.id,
        connection_id: plan.connection,
        run_id: plan.runId,
        created_at: plan.createdAt,
        as_of: plan.asOf,
        kind: plan.kind ?? 'scores',
        policy_version: plan.policyVersion ?? '',
        status: 'draft',
        beside,
        summary: jsonText(emptySummary),
      })
      .execute();
  });
}

/** A rescoring's plan that is ready is about to be applied; a draft of one was left by a crash. */
async function supersedeOlder(trx: Transaction<Tables>, connection: ConnectionId): Promise<void> {
  await trx
    .updateTable('plans')
    .set({ status: 'superseded' })
    .where('connection_id', '=', connection)
    .where((where) =>
      where.or([
        where('status', '=', 'draft'),
        where.and([where('status', 'in', ['ready', 'held']), where('beside', '=', false)]),
      ]),
    )
    .execute();
}

async function finish(
  database: Database,
  id: PlanId,
  summary: PlanSummary,
  runs: readonly RunId[] | undefined,
): Promise<void> {
  await database.transaction(async (trx) => {
    const plan = await trx
      .updateTable('plans')
      .set({ status: 'ready', summary: jsonText(summary) })
      .where('id', '=', id)
      .where('status', '=', 'draft')
      .returning('connection_id')
      .executeTakeFirst();
    if (plan === undefined) return;
    await countAsPlanned(trx, plan.connection_id, runs);
  });
}

async function countAsPlanned(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  runs: readonly RunId[] | undefined,
): Promise<void> {
  const all = trx.deleteFrom('unplanned_runs').where('connection_id', '=', connection);
  await (runs === undefined ? all : all.where('run_id', '=', anyOf(runs))).execute();
}

async function setStatus(database: Database, id: PlanId, status: PlanStatus): Promise<void> {
  await database.transaction((trx) =>
    trx.updateTable('plans').set({ status }).where('id', '=', id).execute(),
  );
}

async function loadPlan(db: Kysely<Tables>, id: PlanId): Promise<Plan | null> {
  const row = await db.selectFrom('plans').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toPlan(row);
}

async function loadUnfinished(
  db: Kysely<Tables>,
  connection: ConnectionId,
): Promise<readonly Plan[]> {
  const rows = await db
    .selectFrom('plans')
    .selectAll()
    .where('connection_id', '=', connection)
    .where((where) =>
      where.or([
        where('status', '=', 'applying'),
        where.and([where('status', '=', 'ready'), where('beside', '=', true)]),
      ]),
    )
    .orderBy('beside', 'desc')
    .orderBy('position')
    .execute();
  return rows.map(toPlan);
}

async function loadLatest(
  db: Kysely<Tables>,
  connection: string,
  statuses: readonly PlanStatus[],
): Promise<Plan | null> {
  if (statuses.length === 0) return null;
  const row = await db
    .selectFrom('plans')
    .selectAll()
    .where('connection_id', '=', connection)
    .where('status', 'in', statuses)
    .where('beside', '=', false)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toPlan(row);
}

type PlanRow = {
  readonly id: string;
  readonly connection_id: string;
  readonly run_id: string;
  readonly created_at: string;
  readonly as_of: string;
  readonly kind: PlanKind;
  readonly status: PlanStatus;
  readonly policy_version: string;
  readonly holds: readonly Hold[];
  readonly decision: PlanDecision | null;
  readonly summary: PlanSummary;
};

function toPlan(row: PlanRow): Plan {
  return {
    id: row.id,
    connection: row.connection_id,
    runId: row.run_id,
    createdAt: row.created_at,
    asOf: row.as_of,
    kind: row.kind,
    status: row.status,
    policyVersion: row.policy_version,
    holds: row.holds,
    decision: row.decision,
    summary: row.summary,
  };
}
