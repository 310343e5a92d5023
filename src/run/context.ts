import type { Connector } from '../connector/connector.ts';
import type { Actor } from '../domain/actor.ts';
import type { Allowance } from '../domain/hold.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Population } from '../domain/population.ts';
import type { Progress } from '../domain/progress.ts';
import type { ReviewSettings } from '../domain/review.ts';
import type { Attribution, Subject } from '../domain/subject.ts';
import type { Tell } from '../domain/work-event.ts';
import type { WriteSettings } from '../domain/write-settings.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Tracer } from '../lib/tracer.ts';
import type { Turns } from '../lib/turns.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/schema.ts';
import type { Lease, Store } from '../store/store.ts';
import type { PlansAtWork } from './plans-at-work.ts';
import type { PolicyFrom } from './policy-in-force.ts';

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
  /** In force when the pass began; to its end whatever is published meanwhile. */
  readonly policy: Policy;
  readonly policyFrom: PolicyFrom;
  /** Who acts, as the log names it. */
  readonly actor: Actor;
  /** How plans of this connection come to be written. */
  readonly writes: WriteSettings;
  /** When the standard is looked at again. Default `null`: never due. */
  readonly review?: ReviewSettings | null;
  /** Guards that whoever acts lets pass; `null`: none. */
  readonly allowance: Allowance | null;
  readonly clock: Clock;
  readonly log: Logger;
  readonly progress: Progress;
  /** Metrics and alerts listen. */
  readonly tell: Tell;
  readonly tracer: Tracer;
  /** A run shares with itself; a rescoring beside it is alone while it scores and plans (ADR 14). */
  readonly turns: Turns;
  /** What rescorings beside a run are writing. */
  readonly plansAtWork: PlansAtWork;
  /** Held already, by whoever passes this context on. */
  readonly lease?: Lease;
  /** Ends the pass at the next batch; everything done stays. */
  readonly signal: AbortSignal;
};
