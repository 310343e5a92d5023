import { describe, expect, it } from 'vitest';
import { needsNewCutPoints } from '../../src/policy/cut-refresh.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { cutsOf } from '../score/base.ts';
import { policy } from '../score/default-policy.ts';

/** Whether cut points found on 2011-12-09 are renewed on a day. */
function renewed(refresh: Policy['cuts']['refresh'], asOf: string): boolean {
  const rules = { ...policy, cuts: { ...policy.cuts, refresh } };
  return needsNewCutPoints(cutsOf([], rules), { policy: rules, currency: 'GBP', asOf });
}

describe('cut points are found anew', () => {
  const use = { policy, currency: 'GBP', asOf: '2011-12-09' };

  it('when there are none, or they rest on another policy or currency', () => {
    expect(needsNewCutPoints(null, use)).toBe(true);
    expect(needsNewCutPoints(cutsOf([]), { ...use, currency: 'EUR' })).toBe(true);
    const other = { ...policy, windowMonths: 6 };
    expect(needsNewCutPoints(cutsOf([]), { ...use, policy: other })).toBe(true);
    expect(needsNewCutPoints(cutsOf([]), use)).toBe(false);
  });

  it('by no rule that it does not know', () => {
    expect(() => renewed(JSON.parse('"yearly"'), '2012-01-01')).toThrow(TypeError);
  });

  it('each day, each month or never by time, as the policy says', () => {
    const days = ['2011-12-09', '2011-12-10', '2011-12-31', '2012-01-01', '2013-01-01'];
    expect(days.map((day) => renewed('nightly', day))).toEqual([false, true, true, true, true]);
    expect(days.map((day) => renewed('monthly', day))).toEqual([false, false, false, true, true]);
    expect(days.map((day) => renewed('review', day))).toEqual([false, false, false, false, false]);
  });
});
