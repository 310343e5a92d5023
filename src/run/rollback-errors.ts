import { AssayError } from '../domain/assay-error.ts';
import type { ConnectionId, RunId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';

/** What is to be taken back: what one run wrote, or everything since. */
export type WhatToTakeBack = { readonly run: RunId } | { readonly to: Instant };

export function whatText(what: WhatToTakeBack): string {
  return 'run' in what ? `run ${what.run}` : `everything written after ${what.to}`;
}

export function runUnknown(connection: ConnectionId, run: RunId): AssayError {
  return new AssayError(
    'RUN_UNKNOWN',
    'refuse-to-start',
    `Connection "${connection}" knows no run "${run}".`,
    'Take the id that the run printed; "assay plans" and "assay audit" name them all.',
  );
}

export function rollbackEmpty(connection: ConnectionId, what: WhatToTakeBack): AssayError {
  const message =
    'run' in what
      ? `Run ${what.run} wrote nothing to connection "${connection}".`
      : `Nothing was written to connection "${connection}" after ${what.to}.`;
  const todo =
    'Nothing has to be taken back; look whether another run, or another connection, did it.';
  return new AssayError('ROLLBACK_EMPTY', 'refuse-to-start', message, todo);
}

export function rollbackTooOld(what: WhatToTakeBack, since: Instant): AssayError {
  return new AssayError(
    'ROLLBACK_TOO_OLD',
    'refuse-to-start',
    `What plans made before ${since} wrote is no longer known: ${whatText(what)} cannot be taken back whole.`,
    `Take back what was written after ${since} with --to, or mend the policy and let a run write anew. \`schedule.keepDays\` says how long plans are kept.`,
  );
}

export function rollbackInPreview(connection: ConnectionId): AssayError {
  return new AssayError(
    'ROLLBACK_IN_PREVIEW',
    'refuse-to-start',
    `Connection "${connection}" is in the mode \`preview\`, in which nothing is written, so nothing can be put back.`,
    'Set `writes.mode` to `approve`; the rollback leaves the connection stopped, so that nothing else is written.',
  );
}
