import { access, chmod, mkdir, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import type { Instant } from '../domain/time.ts';
import { ensureRoom } from './disk-room.ts';
import type { Engine } from './engine.ts';
import { storeUnavailable } from './errors.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import { fsyncFolder } from './fsync-folder.ts';
import { migrate } from './migrate.ts';
import { parsers } from './parsers.ts';
import type { Tables } from './schema.ts';

/**
 * PostgreSQL inside this process, its files in `folder`. It survives a killed process at any
 * moment, and a power cut only up to the last `flush`: PGlite itself never syncs.
 */
export async function pgliteEngine(folder: string, since: Instant): Promise<Engine> {
  await mkdir(folder, { recursive: true });
  const place = await realpath(folder);
  const lock = await lockFolder(place, since);
  try {
    return engineOf(await openFolder(place), place, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function engineOf(db: Kysely<Tables>, place: string, lock: FolderLock): Engine {
  let writes = 0;
  return {
    db,
    beforeWrite: async () => {
      writes += 1;
      await ensureRoom(place);
    },
    flush: async () => {
      if (writes >= writesToTidy) await tidy(db);
      writes = 0;
      await sql`checkpoint`.execute(db);
      await fsyncFolder(place);
    },
    rewrite: async () => {
      await ensureRoom(place);
      await rewrite(db);
      await fsyncFolder(place);
    },
    close: async () => {
      await db.destroy();
      await lock.release();
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

/**
 * A folder whose making was cut short holds nothing yet and is made anew; `<folder>.new` tells it
 * from one that broke.
 */
async function openFolder(folder: string): Promise<Kysely<Tables>> {
  const mark = `${folder}.new`;
  const files = await readdir(folder);
  const marked = await isThere(mark);
  if (files.length === 0) await writeFile(mark, '');
  if (files.length === 0) await keepToOurselves(folder);
  if (files.length > 0 && marked) await empty(folder, files);
  if (files.length > 0 && !marked && !files.includes('PG_VERSION')) throw notOurs(folder);
  const db = await openDatabase(folder);
  await rm(mark, { force: true });
  return db;
}

/** PGlite makes files that everybody may write. A folder that is another’s keeps the rights it has. */
async function keepToOurselves(folder: string): Promise<void> {
  await chmod(folder, 0o700).catch(() => undefined);
}

async function openDatabase(folder: string): Promise<Kysely<Tables>> {
  await ensureRoom(folder);
  const pglite = await start(folder);
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  try {
    await migrate(db);
    return db;
  } catch (error) {
    await pglite.close();
    throw error;
  }
}

async function start(folder: string): Promise<PGlite> {
  try {
    return await PGlite.create({ dataDir: folder, parsers: { ...parsers } });
  } catch (error) {
    throw broken(folder, error);
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function empty(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files) await rm(`${folder}/${file}`, { recursive: true, force: true });
}

function notOurs(folder: string) {
  return storeUnavailable(
    `${folder} holds other files and no database.`,
    'Choose an empty folder for the store, or the one it is in.',
    undefined,
  );
}

function broken(folder: string, cause: unknown) {
  return storeUnavailable(
    `the database in ${folder} does not open.`,
    `Put a backup of ${folder} in its place, or move it away: the next run pulls everything anew.`,
    cause,
  );
}
