import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, dayText } from '../../../src/domain/day.ts';
import type { CustomerHistory } from '../../../src/domain/history.ts';
import type { Fall } from '../../../src/domain/result.ts';
import { customerDay, type ScoreFrame } from '../../../src/score/customer-day.ts';
import { fallOf } from '../../../src/score/forward/fall.ts';
import { holdTier } from '../../../src/score/tiers/hold-tier.ts';
import { Timeline } from '../../../src/score/timeline.ts';
import { AS_OF, won } from '../builders.ts';
import { policy } from '../default-policy.ts';
import { fixedCuts, scoreOf } from '../score-of.ts';
import { someHistory, someRules } from './some-customer.ts';

const today = dayNumber(AS_OF) ?? 0;

/** Scores every single day. */
function fallDayByDay(of: CustomerHistory, rules: ScoreFrame, days: number): Fall | null {
  const timeline = new Timeline(of, rules.policy.purchase);
  const rank = (tier: string | null) => rules.cuts.tiers.findIndex(({ key }) => key === tier);
  let held = holdTier(customerDay(timeline, AS_OF, rules, null));
  if (held.tier === null || held.tier === 'bronze') return null;
  for (let day = today + 1; day <= today + days; day++) {
    const next = holdTier(customerDay(timeline, dayText(day), rules, held.standing));
    if (next.tier !== null && held.tier !== null && rank(next.tier) > rank(held.tier))
      return { on: dayText(day), to: next.tier };
    held = next;
  }
  return null;
}

describe('the fall of a tier', () => {
  it('is on the day that scoring every day finds', () => {
    fc.assert(
      fc.property(someHistory, someRules, (of, rules) => {
        const timeline = new Timeline(of, rules.policy.purchase);
        const day = customerDay(timeline, AS_OF, rules, null);
        const found = fallOf(day, holdTier(day));
        const wanted = fallDayByDay(of, rules, 900);
        if (wanted === null && found !== null)
          expect(dayNumber(found.on)).toBeGreaterThan(today + 900);
        else expect(found).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });

  it('is none in the lowest tier and without one', () => {
    expect(scoreOf([won('2011-12-01', 1)]).fall).toBeNull();
    expect(scoreOf([]).fall).toBeNull();
  });

  it('waits for hysteresis and grace', () => {
    const deals = ['01', '03', '05', '07', '09', '11'].map((month) =>
      won(`2011-${month}-10`, 9_000_00),
    );
    const score = scoreOf(deals);
    const free = { hysteresis: 0, graceDays: 0, stepsDown: 'any', review: 'anytime' } as const;
    const loose = { ...policy, tiers: { ...policy.tiers, hold: free } };
    const unheld = scoreOf(deals, { policy: loose, cuts: fixedCuts });
    expect(score.tier).toBe('platinum');
    expect(unheld.fall).toEqual({ on: '2012-01-10', to: 'gold' });
    expect(score.fall).toEqual({ on: '2012-03-11', to: 'gold' });
  });
});
