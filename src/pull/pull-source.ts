import type { Connector } from '../connector/connector.ts';
import type { ConnectionId, RunId } from '../domain/ids.ts';
import type { Progress } from '../domain/progress.ts';
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
};

export type PullOptions = {
  readonly runId: RunId;
  /** Read everything, whatever the watermark says. */
  readonly full: boolean;
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
