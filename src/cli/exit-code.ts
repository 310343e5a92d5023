import type { Disposition } from '../domain/assay-error.ts';
import { AssayError } from '../domain/assay-error.ts';
import type { RunOutcome } from '../domain/run.ts';
import { assertNever } from '../lib/assert-never.ts';

/** What the shell gets; from the mildest to the worst. */
export const exitCodes = {
  done: 0,
  /** Done, but the CRM rejected some changes. */
  rejections: 1,
  /** The connection is paused, or the run ended at its checkpoint: the next run goes on. */
  paused: 4,
  /** A guard refused: a person's word is wanted. */
  refused: 3,
  /** Settings, secrets, policy or the command line. */
  configuration: 2,
  failed: 5,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byWeight: readonly ExitCode[] = Object.values(exitCodes);

/** The worst of several. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return codes.toSorted((left, right) => byWeight.indexOf(right) - byWeight.indexOf(left))[0] ?? 0;
}

export function exitCodeOfError(error: unknown): ExitCode {
  return error instanceof AssayError ? exitCodeOfDisposition(error.disposition) : exitCodes.failed;
}

function exitCodeOfDisposition(disposition: Disposition): ExitCode {
  switch (disposition) {
    case 'refuse-to-start':
      return exitCodes.configuration;
    case 'ask':
      return exitCodes.refused;
    case 'pause-connection':
    case 'end-at-checkpoint':
      return exitCodes.paused;
    case 'refresh':
    case 'wait':
    case 'retry':
    case 'reject':
      return exitCodes.failed;
    default:
      return assertNever(disposition);
  }
}

export function exitCodeOfOutcome(outcome: RunOutcome): ExitCode {
  switch (outcome) {
    case 'done':
      return exitCodes.done;
    case 'done-with-rejections':
      return exitCodes.rejections;
    case 'held':
      return exitCodes.refused;
    case 'checkpoint':
    case 'paused':
      return exitCodes.paused;
    case 'failed':
      return exitCodes.failed;
    default:
      return assertNever(outcome);
  }
}
