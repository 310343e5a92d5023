import type { Policy } from '../../policy/schema.ts';
import { scoreOf } from '../combine.ts';
import { type Rhythm, repeatShare } from '../repeat.ts';
import { NONE } from './none.ts';

/**
 * The loyalty score of customers of whom nothing but orders is known: the one known part gives all
 * hundred points, so no sharing out of points is needed. `NONE` when the policy gives it no weight.
 */
export function repeatScores(policy: Policy): (rhythm: Rhythm) => number {
  if (policy.loyalty.weights.repeat <= 0) return () => NONE;
  return (rhythm) => {
    const share = repeatShare(rhythm, policy);
    return share === null ? NONE : scoreOf([100 * share]);
  };
}
