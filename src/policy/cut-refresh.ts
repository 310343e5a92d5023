import { monthNumber } from '../domain/day.ts';
import type { LocalDay } from '../domain/time.ts';
import { assertNever } from '../lib/assert-never.ts';
import type { CutPoints } from './cut-points.ts';
import type { Policy } from './schema.ts';
import { cutsVersion } from './version.ts';

/** What scoring under frozen cut points needs to know. */
export type CutUse = {
  readonly policy: Policy;
  readonly currency: string;
  readonly asOf: LocalDay;
};

/**
 * Whether a full run must find new cut points before it scores: there are none, they were found
 * under other rules or another currency, or the policy's `refresh` says that they are due.
 */
export function needsNewCutPoints(cuts: CutPoints | null, use: CutUse): boolean {
  if (cuts === null || cuts.currency !== use.currency) return true;
  if (cuts.cutsVersion !== cutsVersion(use.policy)) return true;
  return isDue(cuts.foundOn, use);
}

function isDue(foundOn: LocalDay, { policy, asOf }: CutUse): boolean {
  switch (policy.cuts.refresh) {
    case 'nightly':
      return foundOn < asOf;
    case 'monthly':
      return monthNumber(foundOn) < monthNumber(asOf);
    case 'review':
      return false;
    default:
      return assertNever(policy.cuts.refresh);
  }
}
