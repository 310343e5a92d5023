import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** A database that was opened: all that tells PGlite from a server. */
export type Engine = {
  readonly db: Kysely<Tables>;
  /** Asked before each write. @throws AssayError `STORE_FULL` */
  readonly beforeWrite: () => Promise<void>;
  readonly flush: () => Promise<void>;
  /**
   * Writes every table anew and drops what was logged, so that no byte of what was deleted is left in
   * the files. `null`: they are somebody else's.
   */
  readonly rewrite: (() => Promise<void>) | null;
  readonly close: () => Promise<void>;
};
