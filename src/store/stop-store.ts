import { type ConnectionStop, connectionStopped } from '../domain/connection-stop.ts';
import type { ConnectionId, PlanId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';

/** The stop switch of each connection, with who turned it and why; each turn is a row of the log. */
export type StopStore = {
  /** `null`: the connection is going. */
  readonly of: (connection: ConnectionId) => Promise<ConnectionStop | null>;
  /** By connection. */
  readonly all: () => Promise<readonly ConnectionStop[]>;
  /** Takes the place of a stop that is there, and of what that let through. */
  readonly stop: (stop: Omit<ConnectionStop, 'plan'>) => Promise<void>;
  /** @returns the stop that ended; `null`: there was none. */
  readonly resume: (connection: ConnectionId, word: ResumeWord) => Promise<ConnectionStop | null>;
};

export type ResumeWord = {
  readonly by: string;
  readonly at: Instant;
  /** `null`: no reason was given. */
  readonly why: string | null;
};

/**
 * Asked before every batch that is sent and every page that is read.
 * @param plan the plan that is carried out: a rollback may be, while its own stop stands.
 * @throws AssayError `CONNECTION_STOPPED` (end at checkpoint).
 */
export async function ensureGoing(
  stops: Pick<StopStore, 'of'>,
  connection: ConnectionId,
  plan: PlanId | null = null,
): Promise<void> {
  const stop = await stops.of(connection);
  if (stop !== null && !isLetThrough(stop, plan))
    throw connectionStopped(stop, 'end-at-checkpoint');
}

function isLetThrough(stop: ConnectionStop, plan: PlanId | null): boolean {
  return plan !== null && stop.plan === plan;
}
