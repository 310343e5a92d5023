import { describe, expect, it } from 'vitest';
import type { ListSpec } from '../../src/domain/list.ts';
import { membershipChangesOf } from '../../src/plan/plan-lists.ts';
import { listSpecs } from '../../src/policy/lists.ts';
import { won } from '../score/builders.ts';
import { policy } from '../score/default-policy.ts';
import { scoreOf } from '../score/score-of.ts';

const specs = listSpecs(policy);
const score = scoreOf([won('2011-11-01', 1)]);
const steps = (tier: string | null, lists: readonly string[]) =>
  membershipChangesOf({ score: { ...score, tier }, held: {}, lists }, specs, policy).map(
    ({ action, listKey }) => `${action} ${listKey}`,
  );

describe('memberships of one customer', () => {
  it('are what the tier says: absent from the old list, present on the new', () => {
    expect(steps('platinum', [])).toEqual(['add platinum', 'add best']);
    expect(steps('gold', ['platinum', 'best'])).toEqual(['remove platinum']);
    expect(steps('bronze', ['best'])).toEqual(['remove best']);
    expect(steps(null, ['platinum', 'best'])).toEqual(['remove platinum', 'remove best']);
  });

  it('follow any result that a list goes by', () => {
    const lists: readonly ListSpec[] = [
      { key: 'lately', name: 'Lately', field: 'recency_score', values: ['4', '5'] },
    ];
    const one = (recency: number, memberOf: readonly string[]) => {
      const rfm = { recency, frequency: 1, monetary: 1 };
      return membershipChangesOf(
        { score: { ...score, rfm }, held: {}, lists: memberOf },
        lists,
        policy,
      ).map(({ action }) => action);
    };
    expect([one(5, []), one(4, ['lately']), one(3, ['lately']), one(3, [])]).toEqual([
      ['add'],
      [],
      ['remove'],
      [],
    ]);
  });

  it('do not change in an unchanged world', () => {
    expect(steps('platinum', ['best', 'platinum'])).toEqual([]);
    expect(steps(null, [])).toEqual([]);
  });

  it('of lists that the policy does not name are left alone', () => {
    expect(steps('bronze', ['a_list_of_old'])).toEqual([]);
  });
});
