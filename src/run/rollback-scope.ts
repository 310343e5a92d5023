import type { RunId } from '../domain/ids.ts';
import type { RollbackScope } from '../domain/rollback.ts';
import type { RunContext } from './context.ts';
import {
  rollbackEmpty,
  rollbackTooOld,
  runUnknown,
  type WhatToTakeBack,
} from './rollback-errors.ts';

/**
 * The plans or the time that are meant.
 * @throws AssayError `RUN_UNKNOWN`, `ROLLBACK_EMPTY`, `ROLLBACK_TOO_OLD`.
 */
export async function rollbackScope(
  { connection, store }: RunContext,
  what: WhatToTakeBack,
): Promise<RollbackScope> {
  const since = await store.rollbacks.receiptsSince(connection);
  if ('to' in what) {
    if (since !== null && Date.parse(what.to) < Date.parse(since))
      throw rollbackTooOld(what, since);
    return { connection, kind: 'after', at: what.to };
  }
  const plans = await store.rollbacks.plansOf(connection, what.run);
  if (plans !== null && plans.length > 0) return { connection, kind: 'plans', plans };
  if (since !== null && startOf(what.run) < Date.parse(since)) throw rollbackTooOld(what, since);
  throw plans === null ? runUnknown(connection, what.run) : rollbackEmpty(connection, what);
}

/** An id begins with when it was made; of one that does not, nothing is known. */
function startOf(run: RunId): number {
  const [, year, month, day, hour, minute, second] =
    /^[a-z]+(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(run) ?? [];
  if (year === undefined) return Number.NaN;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
