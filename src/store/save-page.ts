import type { Kysely, Transaction } from 'kysely';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { Author } from './author.ts';
import { saveCheckpoint } from './checkpoint.ts';
import type { Database } from './database.ts';
import { markDirty, type Touched } from './dirty.ts';
import { loadErased, markCleared, ofErasedAlone, withoutErased } from './erased.ts';
import { type Aliases, loadAliases, mergeFacts, newAliases, saveAliases } from './merges.ts';
import { lockPages, type PullMark } from './page-lock.ts';
import { noteMoved, tellPartners } from './partner-marks.ts';
import type { PageEffect, StoredPage } from './pull-store.ts';
import { removeCustomers, saveRemovals } from './removals.ts';
import { type CustomersSaved, saveCustomers } from './save-customers.ts';
import { type DealsSaved, saveDeals } from './save-deals.ts';
import type { Tables } from './schema.ts';

export type PageRecords = Pick<StoredPage, 'customers' | 'deals' | 'removals'>;

/** Stores one page and its checkpoint, whatever came before it: pages may arrive in any order. */
export async function savePage(
  database: Database,
  connection: ConnectionId,
  page: StoredPage,
  author: Author,
): Promise<PageEffect> {
  const alone = await database.query((db) => tellsNewMerge(db, connection, page));
  return database.transaction(async (trx) => {
    const mark = await lockPages(trx, connection, alone);
    const { effect } = await saveRecords(trx, connection, page, {
      ...mark,
      author,
      receipts: page.receipts,
    });
    await saveCheckpoint(trx, connection, page);
    return effect;
  });
}

/** Whether a page changes who somebody is, so that no other may be stored beside it. */
export async function tellsNewMerge(
  db: Kysely<Tables>,
  connection: ConnectionId,
  page: PageRecords,
): Promise<boolean> {
  const facts = mergeFacts(page);
  if (page.removals.some(({ kind }) => kind === 'erased')) return true;
  const ids = facts.flatMap(({ old, into }) => [old, into]);
  return newAliases(facts, await loadAliases(db, connection, ids)).size > 0;
}

/** Stores what a page holds, wherever it came from. */
export async function saveRecords(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  told: PageRecords,
  { author, ...mark }: PullMark & { readonly author: Author },
): Promise<{ readonly effect: PageEffect; readonly touched: Touched }> {
  const erased = await loadErased(trx, connection, idsOf(told));
  const page = withoutErased(told, erased);
  const known = await loadAliases(trx, connection, idsOf(page));
  const added = newAliases(mergeFacts(page), known);
  const aliases = new Map([...known, ...added]);
  const merged = await merge(trx, connection, added);
  const customers = await saveCustomerRounds(trx, connection, page, aliases, mark);
  const deals = await saveDealRounds(trx, connection, page, aliases, mark);
  await markCleared(trx, connection, ofErasedAlone(told.deals, erased));
  const removed = await saveRemovals(trx, connection, page.removals, author);
  const touched = {
    customers: [...customers.changed, ...deals.customers, ...removed.touched],
    sharers: [...customers.arrived, ...merged, ...removed.customers],
  };
  await markDirty(trx, connection, touched);
  if (mark.isGrouped) {
    await tellPartners(trx, connection, touched);
    if (customers.changed.length + touched.sharers.length > 0) await noteMoved(trx, connection);
  }
  const effect = {
    customersChanged: customers.changed.length,
    dealsChanged: deals.changed.length,
    stale: customers.stale + deals.stale,
  };
  return { effect, touched };
}

function idsOf(page: PageRecords): readonly RecordId[] {
  return [
    ...page.customers.map(({ id }) => id),
    ...page.deals.flatMap(({ customers }) => (customers ?? []).map(({ id }) => id)),
    ...mergeFacts(page).flatMap(({ old, into }) => [old, into]),
  ];
}

/** Returns the records that took others in. */
async function merge(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  added: Aliases,
): Promise<readonly RecordId[]> {
  if (added.size === 0) return [];
  await removeCustomers(trx, connection, [...added.keys()], 'merged');
  await saveAliases(trx, connection, added);
  return [...new Set(added.values())];
}

/** Records that were merged away no longer exist, even if an older page still lists them. */
async function saveCustomerRounds(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  page: PageRecords,
  aliases: Aliases,
  mark: PullMark,
): Promise<CustomersSaved> {
  const saved: CustomersSaved[] = [];
  for (const round of rounds(page.customers.filter(({ id }) => !aliases.has(id)))) {
    saved.push(await saveCustomers(trx, connection, round, mark));
  }
  return {
    changed: [...new Set(saved.flatMap(({ changed }) => changed))],
    arrived: saved.flatMap(({ arrived }) => arrived),
    stale: saved.reduce((sum, { stale }) => sum + stale, 0),
  };
}

async function saveDealRounds(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  page: PageRecords,
  aliases: Aliases,
  mark: PullMark,
): Promise<DealsSaved> {
  const saved: DealsSaved[] = [];
  for (const round of rounds(page.deals)) {
    saved.push(await saveDeals(trx, connection, round, aliases, mark));
  }
  return {
    changed: [...new Set(saved.flatMap(({ changed }) => changed))],
    customers: saved.flatMap(({ customers }) => customers),
    stale: saved.reduce((sum, { stale }) => sum + stale, 0),
  };
}

/** One statement writes a row once, so a record that a page holds twice takes two rounds. */
function rounds<T extends { readonly id: RecordId }>(records: readonly T[]): readonly T[][] {
  const result: T[][] = [];
  const seen = new Map<RecordId, number>();
  for (const record of records) {
    const round = seen.get(record.id) ?? 0;
    seen.set(record.id, round + 1);
    const same = result[round];
    if (same === undefined) result.push([record]);
    else same.push(record);
  }
  return result;
}
