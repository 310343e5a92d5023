import type { Hint, HintKind } from '../domain/hint.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { PullObject } from '../domain/pull-task.ts';
import type { Instant } from '../domain/time.ts';

/** How long a hint's key is kept, so that a late double counts for nothing (ADR 13). */
export const inboxKeepMs = 3 * 86_400_000;

/**
 * What webhooks said, until somebody has looked. A hint waits, is ready, is done: its record is ready
 * once it has been quiet for a while, or has waited for long; it is done once it was looked at. Its key
 * stays, so that a second delivery is none.
 */
export type InboxStore = {
  /** `now` is when they arrived. @returns how many were new. */
  readonly add: (connection: ConnectionId, hints: readonly Hint[], now: Instant) => Promise<number>;
  /** Records to look at now, those that have waited longest first; none twice. */
  readonly ready: (
    connection: ConnectionId,
    select: {
      readonly now: Instant;
      /** A record is ready when its newest hint is this old. */
      readonly debounceMs: number;
      /** And when its oldest is. */
      readonly maxWaitMs: number;
      /** Records. */
      readonly limit: number;
    },
  ) => Promise<readonly ReadyRecord[]>;
  /** These were looked at. What arrived for them since `ready` waits on. */
  readonly done: (connection: ConnectionId, records: readonly ReadyRecord[]) => Promise<void>;
  /** By connection; those with nothing waiting are left out. */
  readonly waiting: () => Promise<readonly WaitingHints[]>;
  /**
   * Forgets what arrived before: doubles so late do not come, and what waited so long a delta has
   * found. @returns how many.
   */
  readonly purge: (before: Instant) => Promise<number>;
};

/** A record with hints, as one address to look at. */
export type ReadyRecord = {
  readonly object: PullObject;
  readonly id: RecordId;
  /** What was said of it, sorted. */
  readonly kinds: readonly HintKind[];
  readonly hints: number;
  /** When the oldest of these hints came in. */
  readonly arrivedAt: Instant;
  /** When the CRM says that the first of it happened. */
  readonly at: Instant;
  /** Arrival number of the newest of these hints. */
  readonly upTo: number;
};

export type WaitingHints = {
  readonly connection: ConnectionId;
  readonly hints: number;
  readonly records: number;
  /** When the oldest came in. */
  readonly oldestAt: Instant;
};
