import type { Deal } from '../../src/domain/deal.ts';
import type { CustomerHistory } from '../../src/domain/history.ts';
import type { Score } from '../../src/domain/score.ts';
import type { CutPoints } from '../../src/policy/cut-points.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { scoreCustomer } from '../../src/score/score-customer.ts';
import { cutsOf } from './base.ts';
import { AS_OF, type DayInput, history } from './builders.ts';
import { policy } from './default-policy.ts';

type Rules = { readonly cuts?: CutPoints; readonly policy?: Policy };

/** Cut points of an empty base: the policy's fixed ones. */
export const fixedCuts = cutsOf([]);

/** The score of customer `c1` with these deals. */
export function scoreOf(deals: readonly Deal[], given: Partial<DayInput> & Rules = {}): Score {
  const { cuts = fixedCuts, ...rest } = given;
  return scored(history(deals, rest), rest.asOf, { cuts, policy: rest.policy ?? policy });
}

/** The score of a history. */
export function scored(of: CustomerHistory, asOf = AS_OF, rules: Rules = {}): Score {
  const { cuts = fixedCuts, policy: rule = policy } = rules;
  return scoreCustomer(of, asOf, { policy: rule, cuts });
}
