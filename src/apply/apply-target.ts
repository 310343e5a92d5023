import type { Connector } from '../connector/connector.ts';
import type { ConnectionId, PlanId } from '../domain/ids.ts';
import type { Progress } from '../domain/progress.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Store } from '../store/store.ts';

/** One plan on its way into one CRM. */
export type ApplyTarget = {
  readonly connection: ConnectionId;
  readonly connector: Connector;
  readonly store: Store;
  readonly planId: PlanId;
  /** Goes along with every write, so that the next delta can tell ours from others'. */
  readonly marker: string;
  /** Changes written and read back before the rest, in whose name a plan is held. Default: none. */
  readonly canary?: { readonly first: number; readonly actor: string };
  readonly clock: Clock;
  readonly log: Logger;
  readonly progress: Progress;
  readonly signal: AbortSignal;
};
