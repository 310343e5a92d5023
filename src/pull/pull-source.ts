import type { Connector } from '../connector/connector.ts';
import type { AuditFact } from '../domain/audit.ts';
import type { Unlisted } from '../domain/baseline.ts';
import type { ConnectionId, RunId } from '../domain/ids.ts';
import type { Progress } from '../domain/progress.ts';
import type { PullObject } from '../domain/pull-task.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Store } from '../store/store.ts';

/** What the pull stage reads from and writes to. */
export type PullSource = {
  readonly connection: ConnectionId;
  readonly connector: Connector;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /**
   * Asked before a pull takes records from the store that it did not find. Gives what the log is told
   * where somebody let it.
   * @throws AssayError for a listing that is not to be believed.
   */
  readonly letTake: (unlisted: Readonly<Record<PullObject, Unlisted>>) => AuditFact | null;
};

export type PullOptions = {
  readonly runId: RunId;
  /** Read everything, whatever the watermark says. */
  readonly full: boolean;
  /** What asked for it, in words for the admin, where nobody did. */
  readonly fullWhy?: string;
  /** See `PullRequest`. */
  readonly mayList: boolean;
};

/** What a pull did. */
export type PullOutcome = {
  readonly mode: 'full' | 'delta';
  readonly reason: string;
  /** Went on where an earlier run stopped. */
  readonly resumed: boolean;
  readonly pages: number;
  readonly customersChanged: number;
  readonly dealsChanged: number;
  /** Rows older than what was stored, ignored. */
  readonly stale: number;
  /** Records that left: named by the CRM, or missing from a complete listing. */
  readonly removed: number;
};
