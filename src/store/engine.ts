import type { Kysely } from 'kysely';
import type { Word } from './folder/frames.ts';
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
  /**
   * Says that a connection has work to a process on the same folder that works by itself, and whether
   * there was one. On a server a queue says so, and nobody is told here.
   */
  readonly tell: (word: Word) => Promise<boolean>;
  /** The process beside us that works by itself on the same folder; on a server there may be many. */
  readonly service: () => Promise<number | null>;
  /** Listens to what others tell; `null`: no longer. */
  readonly hear: (listener: ((word: Word) => void) | null) => void;
  readonly close: () => Promise<void>;
};
