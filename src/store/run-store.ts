import type { ConnectionId, PlanId, RunId } from '../domain/ids.ts';
import type { Run, RunOutcome } from '../domain/run.ts';
import type { Instant } from '../domain/time.ts';

/** Passes and how they ended. */
export type RunStore = {
  readonly start: (run: {
    id: RunId;
    connection: ConnectionId;
    startedAt: Instant;
  }) => Promise<void>;
  readonly end: (
    id: RunId,
    end: { endedAt: Instant; outcome: RunOutcome; planId: PlanId | null; report: unknown },
  ) => Promise<void>;
  readonly latest: (connection: ConnectionId, limit: number) => Promise<readonly Run[]>;
};
