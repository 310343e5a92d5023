import type { MembershipChange } from '../domain/change.ts';
import type { ListSpec } from '../domain/list.ts';
import type { Score } from '../domain/score.ts';
import type { Policy } from '../policy/schema.ts';
import { desiredField } from './desired-fields.ts';
import type { ScoredCustomer } from './scored-customer.ts';

/**
 * The steps that bring one customer's memberships in line with its score. `lists`: those whose
 * members we keep; a list that is dynamic, or that a person deleted, is not among them.
 */
export function membershipChangesOf(
  { score, lists: memberOf }: ScoredCustomer,
  lists: readonly ListSpec[],
  policy: Policy,
): readonly MembershipChange[] {
  const { customerId } = score;
  return lists.flatMap((list): readonly MembershipChange[] => {
    const wanted = belongsOn(score, list, policy);
    if (wanted === memberOf.includes(list.key)) return [];
    return [{ listKey: list.key, customerId, action: wanted ? 'add' : 'remove' }];
  });
}

/** Whether the score puts its customer on the list. */
export function belongsOn(score: Score, { field, values }: ListSpec, policy: Policy): boolean {
  const held = desiredField(field, score, policy);
  return held !== null && values.includes(held);
}
