import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, dayText } from '../../../src/domain/day.ts';
import type { CustomerHistory } from '../../../src/domain/history.ts';
import { customerDay, type ScoreFrame } from '../../../src/score/customer-day.ts';
import { wayUpAhead } from '../../../src/score/forward/way-up.ts';
import { holdTier } from '../../../src/score/tiers/hold-tier.ts';
import { Timeline } from '../../../src/score/timeline.ts';
import { AS_OF, history, won } from '../builders.ts';
import { policy } from '../default-policy.ts';
import { fixedCuts, scored } from '../score-of.ts';
import { someHistory, someRules, withOrder } from './some-customer.ts';

const today = dayNumber(AS_OF) ?? 0;
const shipped = { policy, cuts: fixedCuts };

function ahead(of: CustomerHistory, rules: ScoreFrame, asOf = AS_OF) {
  const day = customerDay(new Timeline(of, rules.policy.purchase), asOf, rules, null);
  return wayUpAhead(day, holdTier(day));
}

/** Rank of the tier once the order is placed and the customer rescored; 0 is the highest. */
function rankAfter(of: CustomerHistory, rules: ScoreFrame, day: number, minor: number): number {
  const { tier } = scored(withOrder(of, day, minor), dayText(day), rules);
  const rank = rules.cuts.tiers.findIndex(({ key }) => key === tier);
  return rank === -1 ? rules.cuts.tiers.length : rank;
}

const rankOf = (tier: string) => fixedCuts.tiers.findIndex(({ key }) => key === tier);

describe('the way up', () => {
  it('leads there on every day that it names, by a full rescoring', () => {
    fc.assert(
      fc.property(someHistory, someRules, (of, rules) => {
        const { wayUp } = ahead(of, rules);
        if (wayUp === null) return;
        const last = dayNumber(wayUp.by) ?? 0;
        for (let day = today; day <= last; day++)
          expect(rankAfter(of, rules, day, wayUp.minor)).toBeLessThanOrEqual(rankOf(wayUp.tier));
      }),
      { numRuns: 40 },
    );
  });

  it('is the least: a unit less fails on one of the days', () => {
    fc.assert(
      fc.property(someHistory, someRules, (of, rules) => {
        const { wayUp } = ahead(of, rules);
        if (wayUp === null || wayUp.minor === 100) return;
        const days = Array.from(
          { length: (dayNumber(wayUp.by) ?? 0) - today + 1 },
          (_, at) => today + at,
        );
        const enough = (day: number) =>
          rankAfter(of, rules, day, wayUp.minor - 100) <= rankOf(wayUp.tier);
        expect(days.every(enough)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it('stays the same until the day that is named', () => {
    fc.assert(
      fc.property(someHistory, (of) => {
        const timeline = new Timeline(of, policy.purchase);
        const tierOn = (day: number) =>
          holdTier(customerDay(timeline, dayText(day), shipped, null)).tier;
        const { wayUp, changesAfter } = ahead(of, shipped);
        const now = tierOn(today);
        for (let day = today + 1; day < Math.min(changesAfter, today + 130); day++) {
          if (tierOn(day) !== now) return;
          expect(ahead(of, shipped, dayText(day)).wayUp).toEqual(wayUp);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('names whole units and a day at the end of a quarter', () => {
    const { wayUp } = ahead(history([won('2011-11-01', 120_50)]), shipped);
    expect(wayUp).toEqual({ tier: 'silver', minor: 2_380_00, by: '2012-03-31' });
  });

  it('is none on the black list until that ends, none at the top, none without a tier', () => {
    const of = history([won('2011-11-01', 120_50)]);
    const black = { floor: null, importance: 'black', why: 'fraud', by: 'A. Meier' } as const;
    const until = '2011-12-31';
    const named = ahead({ ...of, named: { ...black, until } }, shipped);
    expect(named).toEqual({ wayUp: null, changesAfter: (dayNumber(until) ?? 0) + 1 });
    const forGood = ahead({ ...of, named: { ...black, until: null } }, shipped);
    expect(forGood).toEqual({ wayUp: null, changesAfter: Number.POSITIVE_INFINITY });
    const over = ahead({ ...of, named: { ...black, until: '2011-12-08' } }, shipped);
    expect(over.wayUp).not.toBeNull();
    expect(ahead(history([]), shipped).wayUp).toBeNull();
    const top = { ...shipped, cuts: { ...fixedCuts, tiers: [{ key: 'platinum', from: 0 }] } };
    expect(ahead(of, top).wayUp).toBeNull();
  });

  it('names the next quarter when this one ends within thirty days', () => {
    const of = history([won('2011-09-01', 120_50)]);
    const by = (asOf: string) => ahead(of, shipped, asOf).wayUp?.by;
    expect([by('2011-12-01'), by('2011-12-02')]).toEqual(['2011-12-31', '2012-03-31']);
  });
});
