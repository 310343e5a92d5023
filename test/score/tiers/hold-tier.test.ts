import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, dayText } from '../../../src/domain/day.ts';
import type { NamedRule } from '../../../src/domain/history.ts';
import type { Standing } from '../../../src/domain/result.ts';
import type { ScoredValue } from '../../../src/domain/score.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { type CustomerDay, customerDay, NEVER } from '../../../src/score/customer-day.ts';
import { type HeldTier, holdChangesAfter, holdTier } from '../../../src/score/tiers/hold-tier.ts';
import { Timeline } from '../../../src/score/timeline.ts';
import { cutsOf } from '../base.ts';
import { history, won } from '../builders.ts';
import { policy } from '../default-policy.ts';

type Hold = Policy['tiers']['hold'];
const tiers = ['platinum', 'gold', 'silver', 'bronze'];
const off: Hold = { hysteresis: 0, graceDays: 0, stepsDown: 'any', review: 'anytime' };
const shipped: Hold = { hysteresis: 3, graceDays: 30, stepsDown: 1, review: 'anytime' };
const START = dayNumber('2011-03-10') ?? 0;
/** Fixed: platinum from 80, gold from 60, silver from 40. */
const cuts = cutsOf([]);

function namedUntil(until: string | null, floor: string | null = 'gold'): NamedRule {
  return { floor, importance: null, why: 'founder', by: 'A', until };
}

/** A day on which the value is so many points. */
function dayOf(
  score: number | null,
  day: number,
  given: { hold?: Hold; standing?: Standing | null; named?: NamedRule | null } = {},
): CustomerDay {
  const { hold = shipped, standing = null, named = null } = given;
  const rules = { ...policy, tiers: { ...policy.tiers, hold } };
  const own = { ...history([won('2010-05-20', 100_00)]), named };
  const plain = customerDay(
    new Timeline(own, rules.purchase),
    dayText(day),
    { policy: rules, cuts },
    standing,
  );
  const value: ScoredValue | null =
    score === null ? null : { score, parts: [], unknown: [], confidence: 1 };
  const tier = cuts.tiers.find(({ from }) => score !== null && score >= from)?.key ?? null;
  return { ...plain, basic: { ...plain.basic, value, tier } };
}

/** Day after day from the start, each with the standing of the one before. */
function lived(
  scores: readonly (number | null)[],
  given: { hold?: Hold; named?: NamedRule | null } = {},
): readonly HeldTier[] {
  let standing: Standing | null = null;
  return scores.map((score, at) => {
    const held = holdTier(dayOf(score, START + at, { ...given, standing }));
    standing = held.standing;
    return held;
  });
}

const days = (score: number, count: number): readonly number[] =>
  Array.from({ length: count }, () => score);
const tiersOf = (held: readonly HeldTier[]) => held.map(({ tier }) => tier);

describe('a tier', () => {
  it('begins as the value gives it, and rises at once', () => {
    const [first, second] = lived([55, 61]);
    expect(first).toEqual({
      tier: 'silver',
      standing: { tier: 'silver', since: '2011-03-10', before: null, belowSince: null },
      held: null,
    });
    expect(second?.standing).toEqual({
      tier: 'gold',
      since: '2011-03-11',
      before: 'silver',
      belowSince: null,
    });
  });

  it('stays at its edge, however long', () => {
    const held = lived([60, ...days(57, 100)]);
    expect(new Set(tiersOf(held))).toEqual(new Set(['gold']));
    expect(held.at(-1)?.held).toEqual({ code: 'hysteresis', without: 'silver', until: null });
    expect(held.at(-1)?.standing?.belowSince).toBeNull();
  });

  it('falls when the value stayed below for the days of grace', () => {
    const held = lived([60, ...days(50, 31)]);
    expect(tiersOf(held).indexOf('silver')).toBe(31);
    expect(held[1]?.held).toEqual({ code: 'grace', without: 'silver', until: '2011-04-10' });
    expect(held[1]?.standing?.belowSince).toBe('2011-03-11');
    expect(held[31]).toMatchObject({
      held: null,
      standing: { since: '2011-04-10', before: 'gold', belowSince: null },
    });
  });

  it('begins its grace anew after the value was back', () => {
    const held = lived([60, ...days(50, 29), 57, ...days(50, 29)]);
    expect(new Set(tiersOf(held))).toEqual(new Set(['gold']));
  });

  it('falls a step at a time, each with its own grace', () => {
    const held = tiersOf(lived([85, ...days(10, 100)]));
    expect(['gold', 'silver', 'bronze'].map((tier) => held.indexOf(tier))).toEqual([31, 61, 91]);
    const far = tiersOf(lived([85, ...days(10, 100)], { hold: { ...shipped, stepsDown: 2 } }));
    expect(['gold', 'silver', 'bronze'].map((tier) => far.indexOf(tier))).toEqual([-1, 31, 61]);
    const hold = { ...shipped, graceDays: 0 };
    const fast = lived([85, 10, 10, 10, 10], { hold });
    expect(tiersOf(fast)).toEqual(['platinum', 'gold', 'silver', 'bronze', 'bronze']);
    expect(fast[1]?.held).toEqual({ code: 'step', without: 'bronze', until: '2011-03-12' });
  });

  it.each([
    ['monthly', '2011-05-01'],
    ['quarterly', '2011-07-01'],
    ['half-yearly', '2011-07-01'],
    ['anniversary', '2011-05-20'],
  ] as const)('falls at a %s review only', (review, on) => {
    const held = lived([60, ...days(50, 200)], { hold: { ...shipped, review } });
    expect(held.find(({ tier }) => tier === 'silver')?.standing?.since).toBe(on);
    expect(held[20]?.held).toEqual({ code: 'grace', without: 'silver', until: on });
    expect(held[40]?.held).toEqual({ code: 'review', without: 'silver', until: on });
  });

  it('falls late when nobody looked on the day of the review', () => {
    const hold: Hold = { ...shipped, review: 'monthly' };
    const standing = { tier: 'gold', since: '2011-01-01', before: null, belowSince: '2011-03-01' };
    const late = holdTier(dayOf(50, dayNumber('2011-04-05') ?? 0, { hold, standing }));
    expect(late.standing).toMatchObject({ tier: 'silver', since: '2011-04-05', before: 'gold' });
  });

  it('never falls below its floor while that holds; then it falls as any', () => {
    const held = lived(days(10, 100), { named: namedUntil('2011-05-01') });
    const fall = held.findIndex(({ tier }) => tier !== 'gold');
    expect(dayText(START + fall)).toBe('2011-05-02');
    expect(held[0]?.held).toEqual({
      code: 'floor',
      without: 'bronze',
      until: '2011-05-02',
      named: { why: 'founder', by: 'A' },
    });
    const ever = lived(days(10, 400), { named: namedUntil(null) });
    expect(new Set(tiersOf(ever))).toEqual(new Set(['gold']));
    expect(ever.at(-1)?.held).toEqual({
      code: 'floor',
      without: 'bronze',
      until: null,
      named: { why: 'founder', by: 'A' },
    });
  });

  it('is that of the value where the floor is none', () => {
    for (const named of [
      namedUntil(null, null),
      namedUntil(null, 'retired'),
      namedUntil('2011-01-01'),
    ])
      expect(lived([10], { named })[0]?.tier).toBe('bronze');
  });

  it('is not held where none can be given, nor in one that the policy has no more', () => {
    expect(lived([85, null])[1]).toEqual({ tier: null, standing: null, held: null });
    const standing = { tier: 'retired', since: '2011-01-01', before: null, belowSince: null };
    expect(holdTier(dayOf(10, START, { standing }))).toMatchObject({ tier: 'bronze', held: null });
  });

  it('knows nothing of standings of later days', () => {
    const later = { tier: 'gold', since: '2012-01-01', before: null, belowSince: null };
    const below = { ...later, since: '2011-01-01', belowSince: '2012-01-01' };
    for (const standing of [later, below])
      expect(holdTier(dayOf(10, START, { standing })).tier).toBe('bronze');
  });
});

const anyHold: fc.Arbitrary<Hold> = fc.record({
  hysteresis: fc.integer({ min: 0, max: 10 }),
  graceDays: fc.integer({ min: 0, max: 40 }),
  stepsDown: fc.constantFrom(1, 2, 'any' as const),
  review: fc.constantFrom('anytime', 'monthly', 'quarterly', 'half-yearly', 'anniversary'),
});
const anyNamed = fc.option(
  fc.record({
    day: fc.option(fc.integer({ min: START - 5, max: START + 120 }), { nil: null }),
    floor: fc.constantFrom(...tiers, null),
  }),
  { nil: null },
);
/** Values that stay for some days and move at random. */
const anyLife = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 40 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((spells) => spells.flatMap(([score, length]) => days(score, length)));

const rank = (tier: string | null): number => tiers.indexOf(tier ?? '');
const namedOf = (given: { day: number | null; floor: string | null } | null): NamedRule | null =>
  given === null ? null : namedUntil(given.day === null ? null : dayText(given.day), given.floor);

describe('whatever the value does, a held tier', () => {
  it('never falls within its grace, nor by more steps than allowed, nor off a review', () => {
    fc.assert(
      fc.property(anyLife, anyHold, (scores, hold) => {
        const held = lived(scores, { hold });
        for (const [at, { tier, standing }] of held.entries()) {
          const before = held[at - 1];
          if (before === undefined || rank(tier) <= rank(before.tier)) continue;
          const cut = cuts.tiers.find(({ key }) => key === before.tier)?.from ?? 0;
          const grace = scores.slice(Math.max(0, at - hold.graceDays), at + 1);
          expect(grace).toHaveLength(hold.graceDays + 1);
          expect(Math.max(...grace)).toBeLessThan(cut - hold.hysteresis);
          if (hold.stepsDown !== 'any')
            expect(rank(tier) - rank(before.tier)).toBeLessThanOrEqual(hold.stepsDown);
          const on = standing?.since.slice(5) ?? '';
          if (hold.review === 'monthly') expect(on).toMatch(/-01$/);
          if (hold.review === 'quarterly') expect(on).toMatch(/^(01|04|07|10)-01$/);
          if (hold.review === 'half-yearly') expect(on).toMatch(/^(01|07)-01$/);
          if (hold.review === 'anniversary') expect(on).toBe('05-20');
        }
      }),
    );
  });

  it('is never below the value’s own nor below its floor', () => {
    fc.assert(
      fc.property(anyLife, anyHold, anyNamed, (scores, hold, given) => {
        const named = namedOf(given);
        for (const [at, { tier }] of lived(scores, { hold, named }).entries()) {
          const natural = dayOf(scores[at] ?? null, START).basic.tier;
          expect(rank(tier)).toBeLessThanOrEqual(rank(natural));
          const holds = named?.until === null || (named?.until ?? '') >= dayText(START + at);
          if (named !== null && named.floor !== null && holds)
            expect(rank(tier)).toBeLessThanOrEqual(rank(named.floor));
        }
      }),
    );
  });

  it('is the value’s own with everything off', () => {
    fc.assert(
      fc.property(anyLife, (scores) => {
        for (const [at, { tier, held }] of lived(scores, { hold: off }).entries()) {
          expect(tier).toBe(dayOf(scores[at] ?? null, START).basic.tier);
          expect(held).toBeNull();
        }
      }),
    );
  });

  it('is the same when the day is scored again', () => {
    fc.assert(
      fc.property(anyLife, anyHold, anyNamed, (scores, hold, given) => {
        const named = namedOf(given);
        for (const [at, once] of lived(scores, { hold, named }).entries()) {
          const { standing } = once;
          const again = dayOf(scores[at] ?? null, START + at, { hold, named, standing });
          expect(holdTier(again)).toEqual(once);
        }
      }),
    );
  });

  it('moves by time alone on the days it names, and on no other', () => {
    fc.assert(
      fc.property(anyLife, anyHold, anyNamed, fc.nat(100), (scores, hold, given, end) => {
        const named = namedOf(given);
        const score = scores.at(-1) ?? 0;
        let last = lived(scores, { hold, named }).at(-1);
        let change = NEVER;
        for (let ahead = scores.length - 1; ahead < scores.length + end; ahead += 1) {
          const standing = last?.standing ?? null;
          const day = dayOf(score, START + ahead, { hold, named, standing });
          const now = holdTier(day);
          if (ahead >= scores.length && day.today < change) expect(now).toEqual(last);
          if (ahead < scores.length || day.today >= change) change = holdChangesAfter(day, now);
          last = now;
        }
      }),
    );
  });
});
