import type { AuditValue } from '../domain/audit.ts';
import type { ConnectionId, PlanId, RunId } from '../domain/ids.ts';
import type { Run, RunOutcome } from '../domain/run.ts';
import type { Instant } from '../domain/time.ts';

/** Passes and how they ended. */
export type RunStore = {
  readonly start: (run: {
    id: RunId;
    connection: ConnectionId;
    startedAt: Instant;
    /** What else the log says of it. */
    facts?: Readonly<Record<string, AuditValue>>;
  }) => Promise<void>;
  readonly end: (
    id: RunId,
    end: {
      endedAt: Instant;
      outcome: RunOutcome;
      planId: PlanId | null;
      report: unknown;
      /** What the log says it did. */
      counts?: Readonly<Record<string, number>>;
    },
  ) => Promise<void>;
  /** Whether any that began since then was stopped by one of these error codes. */
  readonly wereStoppedBy: (
    connection: ConnectionId,
    codes: readonly string[],
    since: Instant,
  ) => Promise<boolean>;
  readonly latest: (connection: ConnectionId, limit: number) => Promise<readonly Run[]>;
};
