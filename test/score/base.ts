import type { Signals } from '../../src/domain/score.ts';
import type { CutPoints } from '../../src/policy/cut-points.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { BaseColumns } from '../../src/score/base-columns.ts';
import { findCutPoints } from '../../src/score/cut-points.ts';
import { AS_OF, allKnown, timelineOf } from './builders.ts';
import { policy } from './default-policy.ts';

/** Cut points of a base of these customers. */
export function cutsOf(base: readonly Signals[], rules: Policy = policy): CutPoints {
  const columns = new BaseColumns({ policy: rules, homeCurrency: 'GBP', coverage: allKnown });
  for (const signals of base) columns.add(signals, timelineOf(signals));
  return findCutPoints(columns, AS_OF);
}

/** The shipped policy with quantiles even in the smallest base. */
export const quantilePolicy: Policy = { ...policy, cuts: { ...policy.cuts, minimumBase: 1 } };
