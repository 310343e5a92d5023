import type { ConnectionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';

/** Forgets what nobody asks for any more. */
export type RetentionStore = {
  /**
   * Forgets what is from before, but the newest of anything that is needed and whatever waits or is
   * half done: see `retention-rules.ts`. The log is never touched, and is told. In small
   * transactions: what was forgotten before an abort stays so.
   */
  readonly forget: (
    connection: ConnectionId,
    since: KeptSince,
    signal: AbortSignal,
  ) => Promise<Forgotten>;
  /** What `forget` would do. */
  readonly count: (connection: ConnectionId, since: KeptSince) => Promise<Forgotten>;
};

export type KeptSince = {
  readonly before: Instant;
  /** Of plans that wrote nothing. */
  readonly idleBefore: Instant;
};

/** Rows. */
export type Forgotten = {
  /** With their changes, receipts and moves: a rollback reaches back as far as they do. */
  readonly plans: number;
  /** Of rescorings that found nothing to write. */
  readonly idlePlans: number;
  readonly runs: number;
  /** Ledger entries. */
  readonly ownWrites: number;
  readonly quota: number;
  readonly alerts: number;
  /** Cleared or replaced. */
  readonly overrides: number;
  /** Of customers that left the CRM: emptied but for their number. */
  readonly goneRecords: number;
  /** Scores of the past. */
  readonly history: number;
  readonly cutPoints: number;
  readonly policies: number;
  /** What a challenger would have given. */
  readonly shadows: number;
  /** That a run's scores wait, where none of them is left. */
  readonly runMarks: number;
};

export const nothingForgotten: Forgotten = {
  plans: 0,
  idlePlans: 0,
  runs: 0,
  ownWrites: 0,
  quota: 0,
  alerts: 0,
  overrides: 0,
  goneRecords: 0,
  history: 0,
  cutPoints: 0,
  policies: 0,
  shadows: 0,
  runMarks: 0,
};
