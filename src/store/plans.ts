import type { Kysely } from 'kysely';
import type { PlanId } from '../domain/ids.ts';
import type { Plan, PlanStatus, PlanSummary } from '../domain/plan.ts';
import type { Database } from './database.ts';
import { addChanges, loadChanges, setState } from './plan-changes.ts';
import { addMemberships, loadMemberships, saveMembershipReceipts } from './plan-memberships.ts';
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
    finish: (id, summary) => finish(database, id, summary),
    setStatus: (id, status) => setStatus(database, id, status),
    byId: (id) => database.query((db) => loadPlan(db, id)),
    latest: (connection, statuses) => database.query((db) => loadLatest(db, connection, statuses)),
    changes: (id, select) => database.query((db) => loadChanges(db, id, select)),
    markSending: (id, seqs) => database.transaction((trx) => setState(trx, id, seqs, 'sending')),
    markPending: (id, seqs) => database.transaction((trx) => setState(trx, id, seqs, 'pending')),
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
  cost: { calls: 0, spends: 0, unit: 'calls', quotaShare: null, route: null },
  warnings: [],
};

async function create(database: Database, plan: Omit<Plan, 'status' | 'summary'>): Promise<void> {
  await database.transaction(async (trx) => {
    await trx
      .updateTable('plans')
      .set({ status: 'superseded' })
      .where('connection_id', '=', plan.connection)
      .where('status', 'in', ['draft', 'ready'])
      .execute();
    await trx
      .insertInto('plans')
      .values({
        id: plan.id,
        connection_id: plan.connection,
        run_id: plan.runId,
        created_at: plan.createdAt,
        as_of: plan.asOf,
        status: 'draft',
        summary: jsonText(emptySummary),
      })
      .execute();
  });
}

async function finish(database: Database, id: PlanId, summary: PlanSummary): Promise<void> {
  await database.transaction(async (trx) => {
    const plan = await trx
      .updateTable('plans')
      .set({ status: 'ready', summary: jsonText(summary) })
      .where('id', '=', id)
      .where('status', '=', 'draft')
      .returning('connection_id')
      .executeTakeFirst();
    if (plan === undefined) return;
    await trx
      .deleteFrom('unplanned_runs')
      .where('connection_id', '=', plan.connection_id)
      .execute();
  });
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
  readonly status: PlanStatus;
  readonly summary: PlanSummary;
};

function toPlan(row: PlanRow): Plan {
  return {
    id: row.id,
    connection: row.connection_id,
    runId: row.run_id,
    createdAt: row.created_at,
    asOf: row.as_of,
    status: row.status,
    summary: row.summary,
  };
}
