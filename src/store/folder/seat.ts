import type { CompiledQuery, QueryResult } from 'kysely';
import type { Word } from './frames.ts';

/**
 * How a process gets at the database of a folder: it holds it, or asks the process that does. One
 * transaction at a time; `query` is part of the one that is open.
 */
export type Seat = {
  readonly query: <R>(query: CompiledQuery) => Promise<QueryResult<R>>;
  readonly begin: () => Promise<void>;
  readonly commit: () => Promise<void>;
  readonly rollback: () => Promise<void>;
  /** Makes what was written safe. `writes`: transactions since the last time. */
  readonly flush: (writes: number) => Promise<void>;
  /** Leaves no byte of what was deleted. */
  readonly rewrite: () => Promise<void>;
  /** Says that a connection has work. Whether somebody who works by himself heard it. */
  readonly tell: (word: Word) => Promise<boolean>;
  /** The process beside us that works by itself on this folder; `null`: none, as far as is known. */
  readonly service: () => Promise<number | null>;
  /** Ended from the other side: another seat is to be taken. */
  readonly isGone: () => boolean;
  readonly close: () => Promise<void>;
};

/** Who is told that a connection has work; `null` while nobody works by himself. */
export type Hearing = { hears: ((word: Word) => void) | null };

/** The process that held the folder left before it did what was asked of it: ask whoever holds it now. */
export class HolderLeft extends Error {}
