import { access, chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { ensureRoom } from '../disk-room.ts';
import { storeUnavailable } from '../errors.ts';
import { migrate } from '../migrate.ts';
import { parsers } from '../parsers.ts';
import type { Tables } from '../schema.ts';

/** PostgreSQL inside this process; `db` is for tables, and shares it with whatever else uses it. */
export type Opened = { readonly pglite: PGlite; readonly db: Kysely<Tables> };

/**
 * Opens PGlite on a folder that this process has locked, and brings the tables up to date. A folder
 * whose making was cut short holds nothing yet and is made anew; `<folder>.new` tells it from one that
 * broke.
 * @throws AssayError `STORE_UNAVAILABLE`, `STORE_FULL`, `STORE_NEWER`.
 */
export async function openDatabase(folder: string): Promise<Opened> {
  const mark = `${folder}.new`;
  const files = await readdir(folder);
  const marked = await isThere(mark);
  if (files.length === 0) await writeFile(mark, '');
  if (files.length === 0) await keepToOurselves(folder);
  if (files.length > 0 && marked) await empty(folder, files);
  if (files.length > 0 && !marked && !files.includes('PG_VERSION')) throw notOurs(folder);
  const opened = await openAndMigrate(folder);
  await rm(mark, { force: true });
  return opened;
}

/** PGlite makes files that everybody may write. A folder that is another’s keeps the rights it has. */
async function keepToOurselves(folder: string): Promise<void> {
  await chmod(folder, 0o700).catch(() => undefined);
}

async function openAndMigrate(folder: string): Promise<Opened> {
  await ensureRoom(folder);
  const pglite = await start(folder);
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  try {
    await migrate(db);
    return { pglite, db };
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
