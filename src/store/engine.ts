import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** A database that was opened: all that tells PGlite from a server. */
export type Engine = {
  readonly db: Kysely<Tables>;
  /** Asked before each write. @throws AssayError `STORE_FULL` */
  readonly beforeWrite: () => Promise<void>;
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
};
