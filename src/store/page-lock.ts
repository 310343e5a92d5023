import { sql, type Transaction } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import type { PullObject } from '../domain/pull-task.ts';
import type { Tables } from './schema.ts';

/** The connection's pull as a page needs it. */
export type PullMark = {
  /** Stamped on each record that a page names. */
  readonly seq: number;
  /** Objects whose every record the open pull must name. */
  readonly complete: readonly PullObject[];
  /** The connection's customers may be joined with others': what happens to them is told on. */
  readonly isGrouped: boolean;
  /** The last receipt before the page was read; see `PullStore.receipts`. */
  readonly receipts?: number | undefined;
};

type Row = {
  readonly seq: number | null;
  readonly complete: readonly PullObject[] | null;
  readonly grouped: boolean;
};

const lockClass = sql.lit(741_190_002);

/**
 * Pages run side by side, but one that learns of a merge runs alone: otherwise a page saved at the
 * same moment could still link a deal to the record that is just going.
 */
export async function lockPages(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  alone: boolean,
): Promise<PullMark> {
  const lock = sql.raw(alone ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared');
  const { rows } = await sql<Row>`
    select pulls.seq, case when pulls.is_open then pulls.complete end as complete,
      exists (select from identity_states s where s.connection_id = ${connection}) as grouped
    from (select ${lock}(${lockClass}, hashtext(${connection}))) as locked
    left join pulls on pulls.connection_id = ${connection}`.execute(trx);
  const [row] = rows;
  return {
    seq: row?.seq ?? 0,
    complete: row?.complete ?? [],
    isGrouped: row?.grouped ?? false,
  };
}

/** Waits for the pages of these connections that are being stored, and keeps others out. */
export async function pageLocks(
  trx: Transaction<Tables>,
  connections: readonly ConnectionId[],
): Promise<void> {
  for (const connection of connections.toSorted())
    await sql`select pg_advisory_xact_lock(${lockClass}, hashtext(${connection}))`.execute(trx);
}
