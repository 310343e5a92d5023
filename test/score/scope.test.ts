import { describe, expect, it } from 'vitest';
import { changeOf } from '../../src/plan/plan-customer.ts';
import { cutsVersion, policyVersion } from '../../src/policy/version.ts';
import { explain } from '../../src/score/explain.ts';
import { reasonText } from '../../src/score/reason.ts';
import { AS_OF, history, won } from './builders.ts';
import { policy } from './default-policy.ts';
import { fixedCuts, scored, scoreOf } from './score-of.ts';

const without = {
  ...policy,
  scope: { exclude: [{ where: { relation: ['Competitor', 'internal'] } }], silentMonths: null },
};
const silent = { ...policy, scope: { exclude: [], silentMonths: 24 } };

const orders = [won('2011-11-01', 500_00), won('2009-10-10', 100_00)];
const old = [won('2009-10-10', 100_00)];

function inOf(relation: string) {
  return { ...history(orders), attributes: { relation } };
}

describe('who is out of scope', () => {
  it('has no score, no class and no tier, and is told why', () => {
    const score = scored(inOf(' competitor'), AS_OF, { policy: without });
    const outOfScope = { code: 'excluded', attribute: 'relation', value: ' competitor' };
    expect(score).toMatchObject({ optedOut: false, outOfScope, tier: null, value: null });
    expect(score.classes).toEqual({});
    const { lines } = explain(score, without, fixedCuts);
    expect(lines.join('\n')).toContain('Out of scope: relation is');
    expect(reasonText(score, without, 'zh')).toContain('不在评分范围内');
  });

  it('holds nothing of ours after the next plan', () => {
    const score = scored(inOf('internal'), AS_OF, { policy: without });
    const held = { value_tier: 'gold', reason: 'Because.' };
    const change = changeOf({ score, held, lists: [] }, without);
    expect(change?.fields.every(({ to }) => to === null)).toBe(true);
    expect(changeOf({ score, held: {}, lists: [] }, without)).toBeNull();
  });

  it('is nobody whose attribute is another', () => {
    expect(scored(inOf('partner'), AS_OF, { policy: without }).outOfScope).toBeNull();
    expect(scoreOf(orders, { policy: without }).outOfScope).toBeNull();
  });

  it('is who neither bought nor came in for so long, from the very day on', () => {
    const made = { ...history(old), createdOn: '2009-01-01' };
    const before = scored(made, '2011-10-09', { policy: silent });
    expect(before).toMatchObject({ outOfScope: null, nextChangeOn: '2011-10-10' });
    const after = scored(made, '2011-10-10', { policy: silent });
    const outOfScope = { code: 'silent', since: '2011-10-10', months: 24 };
    expect(after).toMatchObject({ outOfScope, nextChangeOn: null });
    const young = { ...made, createdOn: '2010-06-01' };
    expect(scored(young, AS_OF, { policy: silent }).outOfScope).toBeNull();
  });

  it('comes back with an order, also one that is to come', () => {
    const ordered = history([...old, won('2011-12-20', 10_00)]);
    const made = { ...ordered, createdOn: '2009-01-01' };
    expect(scored(made, AS_OF, { policy: silent })).toMatchObject({
      outOfScope: { code: 'silent' },
      nextChangeOn: '2011-12-20',
    });
    expect(scored(made, '2011-12-20', { policy: silent }).outOfScope).toBeNull();
  });

  it('is nobody of whom nothing is known, nor of whom somebody decided something', () => {
    const unknown = { ...history([]), createdOn: null };
    expect(scored(unknown, AS_OF, { policy: silent }).outOfScope).toBeNull();
    const named = { floor: 'gold', importance: null, why: 'VIP', by: 'Ann', until: '2011-12-31' };
    const looked = { ...history(old), createdOn: '2009-01-01', named };
    expect(scored(looked, AS_OF, { policy: silent }).outOfScope).toBeNull();
    expect(scored(looked, AS_OF, { policy: silent }).nextChangeOn).not.toBeNull();
    expect(scored(looked, '2012-01-01', { policy: silent }).outOfScope).not.toBeNull();
  });

  it('is part of the policy’s version and of that of its cut points; saying nothing is not', () => {
    for (const one of [without, silent]) {
      expect(policyVersion(one)).not.toBe(policyVersion(policy));
      expect(cutsVersion(one)).not.toBe(cutsVersion(policy));
    }
    const nothing = { ...policy, scope: { exclude: [], silentMonths: null } };
    expect(policyVersion(nothing)).toBe(policyVersion(policy));
  });
});
