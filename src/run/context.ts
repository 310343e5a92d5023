import type { Connector } from '../connector/connector.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Population } from '../domain/population.ts';
import type { Progress } from '../domain/progress.ts';
import type { Attribution, Subject } from '../domain/subject.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import type { Store } from '../store/store.ts';

/** Everything one pass over one connection works with; built in `app.ts`. */
export type RunContext = {
  readonly connection: ConnectionId;
  /** Whom its customers are scored together with: itself alone, or its identity group. */
  readonly population: Population;
  readonly subject: Subject;
  readonly attribution: Attribution;
  /** Of labels and texts that are written, and of explanations. */
  readonly language: Language;
  readonly connector: Connector;
  readonly store: Store;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly log: Logger;
  readonly progress: Progress;
  /** Ends the pass at the next batch; everything done stays. */
  readonly signal: AbortSignal;
};
