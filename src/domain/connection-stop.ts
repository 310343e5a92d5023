import { AssayError } from './assay-error.ts';
import type { ConnectionId, PlanId } from './ids.ts';
import type { Instant } from './time.ts';

/** A person's word that nothing goes on: only a person's word ends it (ADR 15, 6). */
export type ConnectionStop = {
  readonly connection: ConnectionId;
  readonly at: Instant;
  readonly by: string;
  readonly why: string;
  /** The rollback that stopped it, which alone may be applied meanwhile; `null`: nothing may. */
  readonly plan: PlanId | null;
};

/**
 * What whoever wants to work on a stopped connection is told: before anything was begun it asks for a
 * person's word, in the midst of work it ends at the checkpoint.
 */
export function connectionStopped(
  { connection, at, by, why }: ConnectionStop,
  disposition: 'ask' | 'end-at-checkpoint',
): AssayError {
  return new AssayError(
    'CONNECTION_STOPPED',
    disposition,
    `Connection "${connection}" is stopped since ${at} by ${by}: ${why}`,
    `When what led to it is mended, run "assay resume ${connection}".`,
  );
}

/** Whether an error says that a person stopped the connection. */
export function isConnectionStopped(error: unknown): boolean {
  return error instanceof AssayError && error.code === 'CONNECTION_STOPPED';
}
