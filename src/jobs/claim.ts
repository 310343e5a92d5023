import type { DeathCause } from './verdict.ts';
import type { Waiting } from './waiting.ts';

/** A message that this process alone works on, for as long as it says that it still does. */
export type Claim = {
  /** `null` for what is no message of ours. */
  readonly waiting: Waiting | null;
  /** How long before work may begin; a few seconds at most. */
  readonly startsInMs: number;
  /** How often a worker was lost while at it. */
  readonly losses: number;
  /** How often `keep` is to be called; `null`: never. */
  readonly keepEveryMs: number | null;
  /** Says that we are still at it. @returns false when somebody else has it now. */
  readonly keep: () => Promise<boolean>;
  readonly done: () => Promise<void>;
  /** Puts it back as it was. */
  readonly release: () => Promise<void>;
  /** Puts it back for later, not to be hurried. */
  readonly again: (delayMs: number, attempts: number) => Promise<void>;
  readonly bury: (cause: DeathCause) => Promise<void>;
};

/** Where claims come from. */
export type ClaimSource = {
  /** At most `limit`, of as many connections; none when nothing is due. */
  readonly take: (limit: number) => Promise<readonly Claim[]>;
  /** When to look again after nothing was due; `null`: when somebody rings. */
  readonly idleMs: () => number | null;
};
