import { AssayError, type Disposition } from '../domain/assay-error.ts';
import type { RunOutcome } from '../domain/run.ts';

/** Why a pass ended early. */
export type Stop = {
  readonly error: unknown;
  readonly outcome: RunOutcome;
  readonly code: string;
  readonly message: string;
  readonly todo: string;
  /** The caller must hear of it as an error: nothing can run until a person acts, or it is a bug. */
  readonly rethrow: boolean;
};

/** A guard that holds a run: it is told of, and no failure of the run's. */
const holding: ReadonlySet<string> = new Set([
  'SOURCE_EMPTY',
  'SOURCE_CUT_SHORT',
  'CANARY_DIFFERS',
  'PLAN_HELD',
]);

const outcomes: Readonly<Partial<Record<Disposition, RunOutcome>>> = {
  'end-at-checkpoint': 'checkpoint',
  'pause-connection': 'paused',
};

/** Whether a guard held what was done: a person is told, and nothing is tried again. */
export function isHeld(error: unknown): boolean {
  return error instanceof AssayError && holding.has(error.code);
}

/** Reads the disposition of whatever ended the stages. An abort is a stop at the checkpoint. */
export function stopOf(error: unknown, signal: AbortSignal): Stop {
  const cause = signal.aborted && !(error instanceof AssayError) ? signal.reason : error;
  if (cause instanceof AssayError) {
    const { code, message, todo, disposition } = cause;
    if (isHeld(cause))
      return { error: cause, outcome: 'held', code, message, todo, rethrow: false };
    const outcome = outcomes[disposition] ?? 'failed';
    const rethrow = disposition === 'refuse-to-start' || disposition === 'ask';
    return { error: cause, outcome, code, message, todo, rethrow };
  }
  if (signal.aborted) return stoppedByHand(cause);
  return {
    error,
    outcome: 'failed',
    code: 'UNEXPECTED',
    message: error instanceof Error ? error.message : String(error),
    todo: 'This is a defect of Assay. Everything up to here is stored; please report it with the log.',
    rethrow: true,
  };
}

function stoppedByHand(error: unknown): Stop {
  return {
    error,
    outcome: 'checkpoint',
    code: 'STOPPED',
    message: 'The run was asked to stop and did, at a checkpoint.',
    todo: 'Run it again to go on from there.',
    rethrow: false,
  };
}
