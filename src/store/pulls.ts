import { type Kysely, sql, type Transaction } from 'kysely';
import type { AuditFact } from '../domain/audit.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { PullObject } from '../domain/pull-task.ts';
import { appendAudit } from './append-audit.ts';
import type { Author } from './author.ts';
import { addTasks } from './checkpoint.ts';
import type { Database } from './database.ts';
import { markDirty } from './dirty.ts';
import { lockPages } from './page-lock.ts';
import { noteMoved, tellPartners } from './partner-marks.ts';
import type { OpenPull, PullStore } from './pull-store.ts';
import { removeCustomers, removeDeals } from './removals.ts';
import { loadMark, saveNamed } from './save-named.ts';
import { savePage } from './save-page.ts';
import type { Tables } from './schema.ts';
import { countUnlisted } from './unlisted.ts';
import { loadLastReceipt } from './written-meanwhile.ts';

/** Pulls: what is open, what is stored of it, and up to when the store is complete. */
export function pullStore(database: Database, author: Author): PullStore {
  return {
    watermark: (connection) => loadWatermark(database, connection),
    open: (connection) => loadOpen(database, connection),
    isListingDue: (connection) => isListingDue(database, connection),
    begin: (connection, pull) => begin(database, connection, pull),
    savePage: (connection, page) => savePage(database, connection, page, author),
    receipts: () => database.query(loadLastReceipt),
    mark: (connection) => database.query((db) => loadMark(db, connection)),
    saveNamed: (connection, page) => saveNamed(database, connection, page, author),
    finish: (connection, fact = null) => finish(database, connection, fact),
    unlisted: (connection) => database.query((db) => countUnlisted(db, connection)),
    abandon: (connection) => abandon(database, connection),
  };
}

async function loadWatermark(database: Database, connection: ConnectionId) {
  const pull = await database.query((db) =>
    db
      .selectFrom('pulls')
      .select('watermark')
      .where('connection_id', '=', connection)
      .executeTakeFirst(),
  );
  return pull?.watermark ?? null;
}

async function isListingDue(database: Database, connection: ConnectionId): Promise<boolean> {
  const pull = await database.query((db) =>
    db
      .selectFrom('pulls')
      .select('listing_due_after')
      .where('connection_id', '=', connection)
      .executeTakeFirst(),
  );
  return (pull?.listing_due_after ?? null) !== null;
}

async function loadOpen(database: Database, connection: ConnectionId): Promise<OpenPull | null> {
  return database.transaction(async (trx) => {
    const pull = await selectOpen(trx, connection);
    if (pull === undefined) return null;
    const tasks = await trx
      .selectFrom('pull_tasks')
      .select(['key', 'object', 'kind', 'cursor', 'expected'])
      .where('connection_id', '=', connection)
      .orderBy('position')
      .execute();
    const { mode, run_id: runId, next_watermark: watermark, complete } = pull;
    return { mode, runId, watermark, complete, tasks };
  });
}

async function selectOpen(trx: Transaction<Tables>, connection: ConnectionId) {
  return trx
    .selectFrom('pulls')
    .selectAll()
    .where('connection_id', '=', connection)
    .where('is_open', '=', true)
    .executeTakeFirst();
}

async function begin(database: Database, connection: ConnectionId, pull: OpenPull): Promise<void> {
  await database.transaction(async (trx) => {
    const columns = {
      is_open: true,
      mode: pull.mode,
      run_id: pull.runId,
      complete: JSON.stringify(pull.complete),
      next_watermark: pull.watermark,
    };
    await trx
      .insertInto('pulls')
      .values({ connection_id: connection, seq: 1, watermark: null, ...columns })
      .onConflict((conflict) =>
        conflict.column('connection_id').doUpdateSet({ seq: sql`pulls.seq + 1`, ...columns }),
      )
      .execute();
    await dropTasks(trx, connection);
    await addTasks(trx, connection, pull.tasks);
  });
}

async function dropTasks(trx: Transaction<Tables>, connection: ConnectionId): Promise<void> {
  await trx.deleteFrom('pull_tasks').where('connection_id', '=', connection).execute();
}

/**
 * A full pull changes the tables beyond what the database knows about their sizes, and with wrong
 * sizes it joins row by row: so it looks again first.
 */
async function finish(database: Database, connection: ConnectionId, fact: AuditFact | null) {
  const pull = await loadOpen(database, connection);
  if (pull?.mode === 'full') await database.query((db) => analyzeRecords(db));
  return database.transaction(async (trx) => {
    const { isGrouped } = await lockPages(trx, connection, false);
    const pull = await selectOpen(trx, connection);
    if (pull === undefined) throw new TypeError(`No pull of ${connection} is open`);
    const customers = pull.complete.includes('customers')
      ? await unlisted(trx, connection, 'customers', pull.seq)
      : [];
    const deals = pull.complete.includes('deals')
      ? await unlisted(trx, connection, 'deals', pull.seq)
      : [];
    await removeCustomers(trx, connection, customers, 'unlisted');
    const touched = await removeDeals(trx, connection, deals, 'unlisted');
    const concerned = { customers: touched, sharers: customers };
    await markDirty(trx, connection, concerned);
    if (isGrouped) await tellPartners(trx, connection, concerned);
    if (isGrouped && customers.length > 0) await noteMoved(trx, connection);
    await forgetLostMarks(trx, connection);
    await dropTasks(trx, connection);
    await trx
      .updateTable('pulls')
      .set({
        ...{ is_open: false, watermark: pull.next_watermark },
        // One that a rollback came amidst read some of it before.
        listing_due_after: sql<
          number | null
        >`case when mode = 'full' and seq > listing_due_after then null else listing_due_after end`,
      })
      .where('connection_id', '=', connection)
      .execute();
    if (fact !== null) await appendAudit(trx, fact);
    return { removed: customers.length + deals.length };
  });
}

async function analyzeRecords(db: Kysely<Tables>): Promise<void> {
  await sql`analyze customers, customer_aliases, deals, deal_links, dirty_customers`.execute(db);
}

/** Rows from before the open pull that it did not name. */
async function unlisted(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  object: PullObject,
  seq: number,
): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom(object)
    .select('id')
    .where('connection_id', '=', connection)
    .where('gone', 'is', null)
    .where('seen_pull', '<', seq)
    .execute();
  return rows.map((row) => row.id);
}

/** Marks of ids that a deal named and no customer has. */
async function forgetLostMarks(trx: Transaction<Tables>, connection: ConnectionId): Promise<void> {
  await sql`
    delete from dirty_customers d where d.connection_id = ${connection} and not exists (
      select from customers c
      where c.connection_id = d.connection_id and c.id = d.customer_id and c.gone is null)`.execute(
    trx,
  );
}

async function abandon(database: Database, connection: ConnectionId): Promise<void> {
  await database.transaction(async (trx) => {
    await dropTasks(trx, connection);
    await trx
      .updateTable('pulls')
      .set({ is_open: false })
      .where('connection_id', '=', connection)
      .execute();
  });
}
