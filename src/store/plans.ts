import { sql, type Transaction } from 'kysely';
import type { ConnectionId, PlanId } from '../domain/ids.ts';
import type { PlanStatus, PlanSummary } from '../domain/plan.ts';
import type { Author } from './author.ts';
import type { Database } from './database.ts';
import { addChanges, loadChanges, markPending, markSending } from './plan-changes.ts';
import { countAsPlanned, finish } from './plan-ending.ts';
import {
  addMemberships,
  loadAllMemberships,
  loadMemberships,
  saveMembershipReceipts,
} from './plan-memberships.ts';
import { loadComparedSince, loadSending, supersede } from './plan-order.ts';
import { loadOwnWrites, loadReceiptCounts, loadRejections } from './plan-outcomes.ts';
import {
  loadLastWord,
  loadLatest,
  loadMoves,
  loadPlan,
  loadPlans,
  loadUnfinished,
} from './plan-reading.ts';
import { saveReceipts } from './plan-receipts.ts';
import { loadSendingSteps, markStepsPending, markStepsSending } from './plan-steps.ts';
import type { PlanEnding, PlanStore } from './plan-store.ts';
import { decide, hold, outdate } from './plan-words.ts';
import { jsonText } from './recordset.ts';
import type { Tables } from './schema.ts';
import { countAsWritten, settle, unsettledRuns } from './settled-runs.ts';
import { tellApplied } from './tell-plans.ts';

/** Plans, their changes and what became of them. */
export function planStore(database: Database, author: Author): PlanStore {
  return {
    create: (plan) => create(database, plan),
    addChanges: (id, changes) => database.transaction((trx) => addChanges(trx, id, changes)),
    addMemberships: (id, changes) =>
      database.transaction((trx) => addMemberships(trx, id, changes)),
    finish: (id, summary, runs, ending = justReady) =>
      database.transaction((trx) => finish(trx, id, { summary, runs, ending, author })),
    decide: (id, decision) => database.transaction((trx) => decide(trx, id, decision)),
    hold: (id, holds, told) => database.transaction((trx) => hold(trx, id, holds, told)),
    outdate: (id, stale, told) => database.transaction((trx) => outdate(trx, id, stale, told)),
    countAsPlanned: (connection, runs) =>
      database.transaction(async (trx) => {
        await countAsPlanned(trx, connection, runs);
        await countAsWritten(trx, connection, runs);
      }),
    unfinished: (connection) => database.query((db) => loadUnfinished(db, connection)),
    supersede: (connection, id, customers) =>
      database.transaction((trx) => supersede(trx, connection, id, customers)),
    sending: (connection, customers) =>
      database.query((db) => loadSending(db, connection, customers)),
    comparedSince: (connection, id, customers) =>
      database.query((db) => loadComparedSince(db, connection, id, customers)),
    setStatus: (id, status) => setStatus(database, id, status, author),
    byId: (id) => database.query((db) => loadPlan(db, id)),
    latest: (connection, statuses) => database.query((db) => loadLatest(db, connection, statuses)),
    lastWord: (connection) => database.query((db) => loadLastWord(db, connection)),
    list: (select) => database.query((db) => loadPlans(db, select)),
    moves: (id) => database.query((db) => loadMoves(db, id)),
    changes: (id, select) => database.query((db) => loadChanges(db, id, select)),
    markSending: (id, seqs) => database.transaction((trx) => markSending(trx, id, seqs)),
    markPending: (id, seqs) => database.transaction((trx) => markPending(trx, id, seqs)),
    saveReceipts: (connection, id, marker, receipts) =>
      database.transaction((trx) => saveReceipts(trx, connection, id, marker, receipts, author)),
    receiptCounts: (id) => database.query((db) => loadReceiptCounts(db, id)),
    rejections: (id, limit) => database.query((db) => loadRejections(db, id, limit)),
    memberships: (id, select) => database.query((db) => loadMemberships(db, id, select)),
    allMemberships: (id, select) => database.query((db) => loadAllMemberships(db, id, select)),
    sendingSteps: (connection, customers) =>
      database.query((db) => loadSendingSteps(db, connection, customers)),
    markStepsSending: (id, steps) =>
      database.transaction((trx) => markStepsSending(trx, id, steps)),
    markStepsPending: (id, steps) =>
      database.transaction((trx) => markStepsPending(trx, id, steps)),
    saveMembershipReceipts: (connection, id, receipts) =>
      database.transaction((trx) => saveMembershipReceipts(trx, connection, id, receipts, author)),
    ownWrites: (connection, since) => database.query((db) => loadOwnWrites(db, connection, since)),
  };
}

const justReady: PlanEnding = {
  ...{ status: 'ready', holds: [], decision: null, digest: null, moves: [], told: null },
};

const emptySummary: PlanSummary = {
  customers: 0,
  changes: 0,
  changesByPriority: {},
  changesByField: {},
  tierMoves: [],
  lists: [],
  cost: { calls: 0, spends: 0, unit: 'calls', quotaShare: null, days: null, route: null },
  warnings: [],
};

async function create(database: Database, plan: Parameters<PlanStore['create']>[0]): Promise<void> {
  const { beside = false, kind = 'scores' } = plan;
  const coversAll = kind === 'scores' && !beside;
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
        kind,
        policy_version: plan.policyVersion ?? '',
        status: 'draft',
        beside,
        summary: jsonText(emptySummary),
        covers: coversAll ? sql<string[]>`array(${unsettledRuns(plan.connection)})` : [],
      })
      .execute();
  });
}

/**
 * A rescoring's plan that is ready is about to be applied; a draft of one was left by a crash. What was
 * only to be looked at is looked at no more: kept, it would fill the store with a base a run.
 */
async function supersedeOlder(trx: Transaction<Tables>, connection: ConnectionId): Promise<void> {
  await trx
    .deleteFrom('plans')
    .where('connection_id', '=', connection)
    .where('status', '=', 'held')
    .where(sql<boolean>`holds @> '[{"by": "preview"}]'`)
    .execute();
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

async function setStatus(
  database: Database,
  id: PlanId,
  status: PlanStatus,
  author: Author,
): Promise<void> {
  await database.transaction(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('plans')
      .set({ status })
      .where('id', '=', id)
      .where('status', '<>', status)
      .executeTakeFirst();
    if (status !== 'applied' || numUpdatedRows === 0n) return;
    await settle(trx, id);
    await tellApplied(trx, id, author);
  });
}
