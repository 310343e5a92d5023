import { type Kysely, PGliteDialect, sql } from 'kysely';
import { ensureRoom } from '../disk-room.ts';
import type { FolderLock } from '../folder-lock.ts';
import { fsyncFolder } from '../fsync-folder.ts';
import type { Tables } from '../schema.ts';
import { type Host, type Hosted, openHost } from './host.ts';
import { removeMeeting } from './meeting.ts';
import { openDatabase } from './open-database.ts';
import type { Hearing, Seat } from './seat.ts';

export type Holding = {
  readonly folder: string;
  readonly lock: FolderLock;
  /** Where guests are let in; `null`: nowhere. */
  readonly socket: string | null;
  readonly tables: string;
  readonly hearing: Hearing;
};

/**
 * Holds the folder, and lets guests in. It survives a killed process at any moment, and a power cut
 * only up to the last `flush`: PGlite itself never syncs.
 * @throws AssayError as `openDatabase`.
 */
export async function holderSeat({
  folder,
  lock,
  socket,
  tables,
  hearing,
}: Holding): Promise<Seat> {
  const { pglite, db } = await openDatabase(folder);
  const driver = new PGliteDialect({ pglite }).createDriver();
  await driver.init();
  const connection = await driver.acquireConnection();
  const own = ownOf(db, folder);
  const host = await hostAt(socket, { db, own, hearing, tables });
  return {
    query: async (query) => connection.executeQuery(query),
    begin: async () => driver.beginTransaction(connection, {}),
    commit: async () => driver.commitTransaction(connection),
    rollback: async () => driver.rollbackTransaction(connection),
    ...own,
    // Whoever works by himself here needs no telling.
    tell: async () => false,
    service: async () => null,
    isGone: () => false,
    close: async () => {
      await host?.close();
      await removeMeeting(socket);
      await pglite.close();
      await lock.release();
    },
  };
}

/** Where nobody can be let in, the folder is one process’s alone. */
async function hostAt(socket: string | null, hosted: Hosted): Promise<Host | null> {
  return socket === null ? null : await openHost(socket, hosted).catch(() => null);
}

function ownOf(db: Kysely<Tables>, folder: string): Pick<Seat, 'flush' | 'rewrite'> {
  return {
    flush: async (writes) => {
      if (writes >= writesToTidy) await tidy(db);
      await sql`checkpoint`.execute(db);
      await fsyncFolder(folder);
    },
    rewrite: async () => {
      await ensureRoom(folder);
      await rewrite(db);
      await fsyncFolder(folder);
    },
  };
}

/** Nothing cleans up behind us as a server would: dead rows would pile up for ever. */
async function tidy(db: Kysely<Tables>): Promise<void> {
  await sql`vacuum (analyze)`.execute(db);
}

/**
 * A plain vacuum leaves the bytes of dead rows in the free room of their pages. Statistics hold samples
 * of values, so they are made anew too, and their own table last. Old segments of the log are kept
 * under new names unless that is off.
 */
async function rewrite(db: Kysely<Tables>): Promise<void> {
  await sql`vacuum (full, analyze)`.execute(db);
  await sql`vacuum (full) pg_statistic`.execute(db);
  await sql`set wal_recycle = off`.execute(db);
  await sql`checkpoint`.execute(db);
  await sql`select pg_switch_wal()`.execute(db);
  await sql`checkpoint`.execute(db);
}

/** Fewer leave little behind; vacuuming a big store takes seconds. */
const writesToTidy = 500;
