import { describe, expect, it } from 'vitest';
import { membershipChangesOf } from '../../src/plan/plan-lists.ts';
import { listSpecs } from '../../src/policy/lists.ts';
import { scoreCustomer } from '../../src/score/score-customer.ts';
import { cutsOf } from '../score/base.ts';
import { signals, won } from '../score/builders.ts';
import { policy } from '../score/default-policy.ts';

const specs = listSpecs(policy);
const score = scoreCustomer(signals([won('2011-11-01', 1)]), cutsOf([]), policy);
const steps = (tier: string | null, lists: readonly string[]) =>
  membershipChangesOf({ score: { ...score, tier }, held: {}, lists }, specs).map(
    ({ action, listKey }) => `${action} ${listKey}`,
  );

describe('memberships of one customer', () => {
  it('are what the tier says: absent from the old list, present on the new', () => {
    expect(steps('platinum', [])).toEqual(['add platinum', 'add best']);
    expect(steps('gold', ['platinum', 'best'])).toEqual(['remove platinum']);
    expect(steps('bronze', ['best'])).toEqual(['remove best']);
    expect(steps(null, ['platinum', 'best'])).toEqual(['remove platinum', 'remove best']);
  });

  it('do not change in an unchanged world', () => {
    expect(steps('platinum', ['best', 'platinum'])).toEqual([]);
    expect(steps(null, [])).toEqual([]);
  });

  it('of lists that the policy does not name are left alone', () => {
    expect(steps('bronze', ['a_list_of_old'])).toEqual([]);
  });
});
