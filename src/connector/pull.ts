import type { Customer } from '../domain/customer.ts';
import type { Deal } from '../domain/deal.ts';
import type { OwnWrites } from '../domain/own-writes.ts';
import type { PullObject, PullTask } from '../domain/pull-task.ts';
import type { Removal } from '../domain/removal.ts';

export type PullRequest = {
  /** `full` reads everything; `delta` what changed since the watermark. */
  readonly mode: 'full' | 'delta';
  /** What the last complete pull left; `null` before the first, and then the mode is `full`. */
  readonly watermark: string | null;
  /** Recent runs' own writes, those that wrote most last: a CRM may leave out only a few. */
  readonly ownWrites: readonly OwnWrites[];
  /** Live records the store holds: tells whether a delta or a full scan is cheaper. */
  readonly known: Readonly<Record<PullObject, number>>;
  /**
   * Whether a delta may become a complete listing because one is due, or because counts differ. Not
   * soon after one that was not believed: it would be listed again by every run. Default `true`.
   */
  readonly mayList?: boolean;
};

export type PullPlan = {
  readonly mode: 'full' | 'delta';
  /** Why this route, in words for the admin. */
  readonly reason: string;
  readonly tasks: readonly PullTask[];
  /** Saved when every task is done, not before. Opaque JSON text, made of the CRM's time. */
  readonly watermark: string;
  /**
   * Objects that the tasks list completely: once all are done, a stored record that no page named
   * is gone from the CRM.
   */
  readonly complete: readonly PullObject[];
  /** Calls that the tasks will make, as far as can be told. */
  readonly estimatedCalls: number;
};

export type PullPage = {
  readonly customers: readonly Customer[];
  readonly deals: readonly Deal[];
  readonly removals: readonly Removal[];
  /** The same task with its next cursor; `null` when it is done. */
  readonly next: PullTask | null;
  /** Tasks found on the way: more contacts of a deal, a scan in place of a delta. */
  readonly spawned: readonly PullTask[];
};
