import type { MembershipChange } from '../domain/change.ts';
import type { ListSpec } from '../domain/list.ts';
import type { Score } from '../domain/score.ts';
import type { ScoredCustomer } from './scored-customer.ts';

/**
 * The steps that bring one customer's memberships in line with its score. `lists`: those whose
 * members we keep; a list that is dynamic, or that a person deleted, is not among them.
 */
export function membershipChangesOf(
  { score, lists: memberOf }: ScoredCustomer,
  lists: readonly ListSpec[],
): readonly MembershipChange[] {
  const { customerId } = score;
  return lists.flatMap((list): readonly MembershipChange[] => {
    const wanted = belongsOn(score, list);
    if (wanted === memberOf.includes(list.key)) return [];
    return [{ listKey: list.key, customerId, action: wanted ? 'add' : 'remove' }];
  });
}

/** Whether the score puts its customer on the list. */
function belongsOn({ tier }: Score, list: ListSpec): boolean {
  return tier !== null && list.tiers.includes(tier);
}
