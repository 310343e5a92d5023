import type { Kysely, Transaction } from 'kysely';
import type { Engine } from './engine.ts';
import { classifyStoreError, isPassing } from './errors.ts';
import type { Tables } from './schema.ts';

/**
 * The only way to the tables. PGlite has one connection: a query beside an open transaction would
 * wait for ever, so `work` uses the `db` it is given and nothing else.
 */
export type Database = {
  readonly query: <T>(work: (db: Kysely<Tables>) => Promise<T>) => Promise<T>;
  /** All of `work` or nothing; done again when a deadlock undid it. */
  readonly transaction: <T>(work: (db: Transaction<Tables>) => Promise<T>) => Promise<T>;
};

const attempts = 5;

export function databaseOf({ db, beforeWrite }: Engine): Database {
  return {
    query: (work) => classified(() => work(db)),
    transaction: (work) =>
      classified(async () => {
        await beforeWrite();
        return again(() => db.transaction().execute(work), attempts);
      }),
  };
}

async function again<T>(work: () => Promise<T>, left: number): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (left <= 1 || !isPassing(error)) throw error;
    return again(work, left - 1);
  }
}

async function classified<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw classifyStoreError(error);
  }
}
