import type { ConnectionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';

/** Forgets what nobody asks for any more. */
export type RetentionStore = {
  /**
   * Plans with their changes and receipts, runs with their reports, the ledgers of own writes and of
   * quota, from before. The newest plan and run stay, and so does a plan that waits or is half applied.
   * In small transactions: what was forgotten before an abort stays so.
   */
  readonly forget: (
    connection: ConnectionId,
    before: Instant,
    signal: AbortSignal,
  ) => Promise<Forgotten>;
};

export type Forgotten = {
  readonly plans: number;
  readonly runs: number;
  /** Ledger entries. */
  readonly ownWrites: number;
  readonly quota: number;
};
