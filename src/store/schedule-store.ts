import type { DueKind, DueWork } from '../domain/due-work.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';

/** What is due of each connection: asked for by ticks, done by whoever holds the connection. */
export type ScheduleStore = {
  /**
   * Says that work of this kind is due since `dueAt`. Of several who say so one is told `true`; a time
   * at or before one that was claimed already is nothing new, so a clock set back claims nothing.
   */
  readonly claim: (claim: ScheduleClaim) => Promise<boolean>;
  /** The newest time that was claimed, by kind; of these connections, those without any left out. */
  readonly claimed: (
    connections: readonly ConnectionId[],
  ) => Promise<ReadonlyMap<ConnectionId, ReadonlyMap<DueKind, Instant>>>;
  /** Not done yet, in the order of `dueKinds`. */
  readonly due: (connection: ConnectionId) => Promise<readonly DueWork[]>;
  /**
   * Connections with anything to do, whatever a queue may have lost: due or asked for, hints that
   * wait, a pull left open, a plan half applied.
   */
  readonly waiting: () => Promise<readonly ConnectionId[]>;
  /** Done: what was due up to its time. What came due since stays. */
  readonly done: (connection: ConnectionId, work: DueWork) => Promise<void>;
};

export type ScheduleClaim = DueWork & {
  readonly connection: ConnectionId;
  /** A kind never seen before counts as done: other work does it the first time. */
  readonly isDoneAtFirst: boolean;
  /** Later ones that were claimed come from a clock that went wrong, and are taken back. */
  readonly latest: Instant;
};
