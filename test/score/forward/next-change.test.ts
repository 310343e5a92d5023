import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../bench/score/seeded-random.ts';
import { dayNumber, dayText } from '../../../src/domain/day.ts';
import type { CustomerHistory } from '../../../src/domain/history.ts';
import type { Score } from '../../../src/domain/score.ts';
import type { ScoreFrame } from '../../../src/score/customer-day.ts';
import { scoreCustomer } from '../../../src/score/score-customer.ts';
import { cutsOf, quantilePolicy } from '../base.ts';
import { input, signalsOf, won } from '../builders.ts';
import {
  anyLife,
  anyRules,
  type DrawnSale,
  FIRST,
  happenedOn,
  knownOn,
  type Life,
  YEAR,
} from './random-lives.ts';

/** A base whose quantiles lie close together, so that scores move often. */
const base = Array.from({ length: 60 }, (_, at) =>
  signalsOf(
    input({
      asOf: '2011-01-01',
      deals: Array.from({ length: 1 + (at % 7) }, (_, back) =>
        won(dayText(FIRST - 1 - ((at * 37 + back * 41) % 360)), 20_00 + at * 13_00, {
          id: `${at}:${back}`,
        }),
      ),
    }),
  ),
);
const cuts = cutsOf(base, quantilePolicy);

/** All but the day itself, counts of days that go up by one each day. */
function steady(score: Score) {
  const { asOf, nextChangeOn, signals, value, ...rest } = score;
  const { windowFrom, daysSinceLastOrder, monthsSinceFirst, overdueDays, ...counts } = signals;
  const parts = value?.parts.map(({ facts, ...part }) => ({
    ...part,
    facts: Object.entries(facts).filter(([name]) => name !== 'windowFrom'),
  }));
  return { ...rest, value: { ...value, parts }, signals: { ...counts, asOf: null } };
}

/** Scores a year day by day: everything each day, beside only what is dirty or due. */
function bothWays(life: Life, frame: ScoreFrame): void {
  let whole: Score | null = null;
  let carried: Score | null = null;
  for (let today = FIRST; today < FIRST + YEAR; today += 1) {
    const known = knownOn(life, today);
    const asOf = dayText(today);
    whole = scoreCustomer(known, asOf, frame, whole?.standing ?? null);
    const isDue = (carried?.nextChangeOn ?? '9999') <= asOf;
    if (carried === null || isDue || happenedOn(life, today)) {
      carried = scoreCustomer(known, asOf, frame, carried?.standing ?? null);
    }
    expect({ asOf, ...steady(carried) }).toEqual({ asOf, ...steady(whole) });
    expectWayUp(known, carried, asOf, frame);
  }
}

/** One order of the amount, on whichever day until then, lifts the customer that far. */
function expectWayUp(
  known: CustomerHistory,
  carried: Score,
  asOf: string,
  frame: ScoreFrame,
): void {
  const { wayUp, standing } = carried;
  if (wayUp === null) return;
  const sale = { day: dayNumber(asOf) ?? 0, minor: wayUp.minor, reference: 'one-more' };
  const sales = [...known.sales, sale].sort((one, other) => one.day - other.day);
  const { tier } = scoreCustomer({ ...known, sales }, asOf, frame, standing);
  const ranks = frame.cuts.tiers.map(({ key }) => key);
  expect(ranks.indexOf(tier ?? '')).toBeLessThanOrEqual(ranks.indexOf(wayUp.tier));
  expect(tier).not.toBeNull();
  expect(asOf <= wayUp.by).toBe(true);
}

/** Buys in one month of fifty, for three years before the year and in it; one in ten pays by invoice. */
function quietLife(seed: number): Life {
  const random = seededRandom(seed);
  const invoiced = random() < 0.1;
  const months = 48;
  const sales = Array.from({ length: months }, (_, month): readonly DrawnSale[] => {
    if (random() >= 0.02) return [];
    const day = FIRST + YEAR - Math.floor((month + random()) * 30.4);
    const due = invoiced ? day + 30 : null;
    return [{ day, minor: Math.round(20_00 + random() * 480_00), due, paid: day + 25 }];
  });
  const created = FIRST - Math.floor(random() * 1_000);
  return { sales: sales.flat(), planned: [], created, birthMonth: null, named: null };
}

function scoringsOfYear(life: Life): number {
  const frame = { policy: quantilePolicy, cuts };
  let carried: Score | null = null;
  let scorings = 0;
  for (let today = FIRST; today < FIRST + YEAR; today += 1) {
    const asOf = dayText(today);
    const isDue = (carried?.nextChangeOn ?? '9999') <= asOf;
    if (carried !== null && !isDue && !happenedOn(life, today)) continue;
    carried = scoreCustomer(knownOn(life, today), asOf, frame, carried?.standing ?? null);
    scorings += 1;
  }
  return scorings;
}

describe('scoring only the dirty and the due', () => {
  it('equals scoring everybody every day of a year', () => {
    fc.assert(
      fc.property(anyLife, anyRules, (life, rules) => {
        bothWays(life, { policy: rules, cuts });
      }),
      { numRuns: Number(process.env['ASSAY_LIVES'] ?? 25) },
    );
  }, 120_000);

  it('scores under 5 % of customers × days where 2 % buy in a month', () => {
    const customers = 2_000;
    const lives = Array.from({ length: customers }, (_, at) => quietLife(at));
    let scorings = 0;
    for (const life of lives) scorings += scoringsOfYear(life);
    const share = scorings / (customers * YEAR);
    console.info(`scorings: ${scorings}, ${(share * 100).toFixed(2)} % of customers × days`);
    expect(share).toBeLessThan(0.05);
  }, 120_000);
});
