import { AssayError } from '../domain/assay-error.ts';
import type { Clock } from '../lib/clock.ts';
import type { Secret } from '../lib/secret.ts';
import type { Engine } from './engine.ts';
import { classifyStoreError, storeUnavailable } from './errors.ts';
import { migrate } from './migrate.ts';
import { serverEngine } from './server-engine.ts';

export type StoreOptions = {
  /** Of a PostgreSQL server; `null` for PGlite. */
  readonly databaseUrl: Secret | null;
  /** Where PGlite keeps its files; not used with a server. */
  readonly folder: string;
  readonly clock: Clock;
};

/**
 * Connects to the server, or opens PGlite on the folder, and brings the tables up to date.
 * @throws AssayError `STORE_LOCKED`, `STORE_UNAVAILABLE`, `STORE_FULL`, `STORE_NEWER`.
 */
export async function openEngine({ databaseUrl, folder, clock }: StoreOptions): Promise<Engine> {
  try {
    return await (databaseUrl === null ? openPglite(folder, clock) : openServer(databaseUrl));
  } catch (error) {
    throw classifyStoreError(error);
  }
}

async function openServer(databaseUrl: Secret): Promise<Engine> {
  const engine = serverEngine(databaseUrl);
  try {
    await migrate(engine.db);
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** Loaded only here: beside a server it would be memory for nothing. */
async function openPglite(folder: string, clock: Clock): Promise<Engine> {
  const { pgliteEngine } = await import('./pglite-engine.ts');
  try {
    return await pgliteEngine(folder, clock);
  } catch (error) {
    throw folderFault(folder, error);
  }
}

/** What the file system says of the folder is no word on DATABASE_URL. */
function folderFault(folder: string, error: unknown): unknown {
  const classified = classifyStoreError(error);
  if (error instanceof AssayError || !(classified instanceof AssayError)) return classified;
  if (classified.code !== 'STORE_UNAVAILABLE') return classified;
  const todo = `See that ${folder} is a folder, or can be made, and that this user may read and write it; ASSAY_HOME names another.`;
  return storeUnavailable(error instanceof Error ? error.message : String(error), todo, error);
}
