import { AssayError } from '../domain/assay-error.ts';
import { assertNever } from '../lib/assert-never.ts';
import { type Backoff, backoffMs } from '../lib/backoff.ts';

/** How a queue treats what failed. */
export type RetryRules = {
  /** Failures in a row until a message is dead. Default 10: about 40 minutes. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** Until the next look after an end at a checkpoint that does not say when. Default an hour. */
  readonly checkpointMs: number;
  /** Until the next look at a connection that another process holds. Default 15 seconds. */
  readonly heldElsewhereMs: number;
};

export const defaultRetryRules: RetryRules = {
  attempts: 10,
  backoff: { baseMs: 5_000, maxMs: 1_800_000, random: Math.random },
  checkpointMs: 3_600_000,
  heldElsewhereMs: 15_000,
};

/** Why a message is dead. */
export type DeathCause = {
  readonly code: string;
  readonly error: string;
  readonly todo: string;
  readonly attempts: number;
};

/** What becomes of a message whose work failed. */
export type Verdict =
  | { readonly kind: 'again'; readonly delayMs: number; readonly attempts: number }
  | { readonly kind: 'dead'; readonly cause: DeathCause };

/** Another process is at it, which is nobody's failure. */
const heldElsewhere = new Set(['LEASE_HELD', 'LEASE_LOST']);
/** A run stops for them, but they pass: a database that restarts, a disk that is cleared. */
const passing = new Set(['STORE_UNAVAILABLE', 'STORE_FULL', 'STORE_LOCKED']);

/** Decides by the error's disposition; `attempts` is how often the message failed before. */
export function verdictOn(error: unknown, attempts: number, rules: RetryRules): Verdict {
  const failures = attempts + 1;
  if (!(error instanceof AssayError)) return backOff(error, failures, rules);
  if (heldElsewhere.has(error.code))
    return { kind: 'again', delayMs: rules.heldElsewhereMs, attempts };
  if (passing.has(error.code)) return backOff(error, failures, rules);
  switch (error.disposition) {
    case 'refuse-to-start':
    case 'pause-connection':
    case 'ask':
      return { kind: 'dead', cause: causeOf(error, failures) };
    case 'end-at-checkpoint':
      return { kind: 'again', delayMs: askedWaitMs(error) ?? rules.checkpointMs, attempts };
    case 'refresh':
    case 'wait':
    case 'retry':
    case 'reject':
      return backOff(error, failures, rules);
    default:
      return assertNever(error.disposition);
  }
}

function backOff(error: unknown, failures: number, rules: RetryRules): Verdict {
  if (failures >= rules.attempts) return { kind: 'dead', cause: causeOf(error, failures) };
  const delayMs = Math.max(backoffMs(failures, rules.backoff), askedWaitMs(error) ?? 0);
  return { kind: 'again', delayMs, attempts: failures };
}

function askedWaitMs(error: unknown): number | null {
  const isAsked = error instanceof AssayError && 'waitMs' in error;
  return isAsked && typeof error.waitMs === 'number' ? error.waitMs : null;
}

/** Only texts of ours are kept: a stranger's may hold a token or a name. */
function causeOf(error: unknown, attempts: number): DeathCause {
  if (error instanceof AssayError)
    return { code: error.code, error: error.message, todo: error.todo, attempts };
  const name = error instanceof Error ? error.name : typeof error;
  return {
    code: 'UNEXPECTED',
    error: `${name}, which is a defect of Assay`,
    todo: 'Report it with the log, then `assay dead-letters retry`.',
    attempts,
  };
}

/** Its workers died or were stopped too long while they were at it. */
export function abandoned(attempts: number): DeathCause {
  return {
    code: 'WORK_ABANDONED',
    error: `Its worker was lost ${attempts} times while at work on it`,
    todo: 'Look for a process that is killed, out of memory or cut off from the queue, then `assay dead-letters retry`.',
    attempts,
  };
}

/** No message of ours. */
export const unreadable: DeathCause = {
  code: 'MESSAGE_UNREADABLE',
  error: 'What stood in the queue is no message of this Assay',
  todo: 'Look who else writes into this queue, or whether two versions run; the schedule asks again by itself.',
  attempts: 0,
};
