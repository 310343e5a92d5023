import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classFamilies } from '../../../src/domain/classes.ts';
import { dayNumber, dayText } from '../../../src/domain/day.ts';
import type { CustomerHistory } from '../../../src/domain/history.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { activityOf } from '../../../src/score/classes/activity.ts';
import { classesChangeAfter } from '../../../src/score/classes/classes-change.ts';
import { lifecycleHistory } from '../../../src/score/classes/lifecycle.ts';
import { nextOrderOn } from '../../../src/score/classes/next-order.ts';
import { stabilityOf } from '../../../src/score/classes/stability.ts';
import { standardsOf } from '../../../src/score/classes/standards.ts';
import { type CustomerDay, NEVER } from '../../../src/score/customer-day.ts';
import { gradeOf } from '../../../src/score/tiers/grade.ts';
import { cutsOf } from '../base.ts';
import { history } from '../builders.ts';
import { policy } from '../default-policy.ts';
import { everyNumberIn } from '../every-number.ts';
import { classesOn, historyDay, numberOf } from './class-day.ts';

const anyDay = fc.integer({ min: 13_000, max: 15_600 });
const anySale = fc.record({
  day: anyDay,
  minor: fc.oneof(fc.integer({ min: -20_000, max: 900_000 }), fc.constant(0)),
  reference: fc.uuid(),
  discountMinor: fc.constantFrom(0, 5_00),
  products: fc.subarray(['tea', 'cups', 'pots']),
});
const maybeDay = fc.option(anyDay.map(dayText), { nil: null });
const anyHistory: fc.Arbitrary<CustomerHistory> = fc
  .record({
    sales: fc.array(anySale, { maxLength: 12 }),
    createdOn: maybeDay,
    until: maybeDay,
    importance: fc.constantFrom('red' as const, 'black' as const, null),
  })
  .map(({ sales, createdOn, until, importance }) => ({
    ...history([]),
    sales: sales.toSorted((one, other) => one.day - other.day || one.minor - other.minor),
    createdOn,
    named: { floor: null, importance, why: 'because', by: 'me', until },
  }));

const anyRules: fc.Arbitrary<Policy> = fc
  .record({
    windowMonths: fc.constantFrom(1, 12, 25),
    lost: fc.constantFrom(30, 365),
    newCustomer: fc.constantFrom(1, 90, 500),
    periodMonths: fc.constantFrom(1, 3, 5),
    halfLifeDays: fc.constantFrom(7, 90),
  })
  .map(({ windowMonths, lost, newCustomer, periodMonths, halfLifeDays }) => ({
    ...policy,
    windowMonths,
    days: { ...policy.days, lost, newCustomer },
    stability: { ...policy.stability, periodMonths },
    activity: { ...policy.activity, halfLifeDays },
  }));

/** All that this folder finds. */
function foundOn(day: CustomerDay) {
  const stability = stabilityOf(day);
  return {
    classes: classesOn(day),
    activity: activityOf(day),
    stability,
    standards: standardsOf(day, stability),
    nextOrderOn: nextOrderOn(day),
    grade: gradeOf(day, day.basic.tier),
  };
}

/** What does not rest on scores. */
function ownOf({ classes, standards, grade, ...own }: ReturnType<typeof foundOn>) {
  const { segment, quadrant, importance, ...free } = classes;
  return { ...own, ...free, steadySpend: standards?.steadySpend };
}

/** What it rests on, whose changes others name. */
function restsOn({ basic: { rfm, value, loyalty, credit, tier } }: CustomerDay): string {
  return JSON.stringify([rfm, value?.score, loyalty?.score, credit?.score, tier]);
}

describe('the next change of classes', () => {
  it('is never too late: nothing changes before it but with the scores', () => {
    fc.assert(
      fc.property(
        anyHistory,
        anyRules,
        anyDay,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (of, rules, today, share) => {
          const day = historyDay(of, dayText(today), rules);
          const change = classesChangeAfter(day);
          expect(change).toBeGreaterThan(today);
          const end = Math.min(change, day.timeline.nextSaleAfter(today), today + 1500) - 1;
          const found = foundOn(day);
          for (const later of [today + 1, today + Math.floor(share * (end - today)), end]) {
            if (later > end) continue;
            const then = historyDay(of, dayText(later), rules);
            expect(ownOf(foundOn(then))).toEqual(ownOf(found));
            if (restsOn(then) === restsOn(day)) expect(foundOn(then)).toEqual(found);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('comes on few days: under 5 % for who bought once or twice', () => {
    const changes = (of: CustomerHistory) => {
      let [days, today] = [0, numberOf('2011-03-01')];
      const end = today + 730;
      for (; today <= end; days += 1) today = classesChangeAfter(historyDay(of, dayText(today)));
      return days - 1;
    };
    const sale = { minor: 90_00, reference: 'a' };
    const once = { ...history([]), sales: [{ ...sale, day: numberOf('2011-03-01') }] };
    const twice = { ...once, sales: [{ ...sale, day: numberOf('2010-11-10') }, ...once.sales] };
    expect(changes(once)).toBeLessThan(0.025 * 730);
    expect(changes(twice)).toBeLessThan(0.04 * 730);
  });

  it('is none for an old record without an order, and for who has long been gone', () => {
    expect(classesChangeAfter(historyDay(history([]), '2011-12-09'))).toBe(NEVER);
    const gone = { ...history([]), sales: [{ day: 10_000, minor: 1, reference: 'a' }] };
    expect(classesChangeAfter(historyDay(gone, '2011-12-09'))).toBe(NEVER);
  });

  it('is the end of a record being new, a rule by hand or a window, whichever is first', () => {
    const made = { ...history([]), createdOn: '2011-12-01' };
    expect(classesChangeAfter(historyDay(made, '2011-12-09'))).toBe(dayNumber('2012-01-01'));
    expect(classesChangeAfter(historyDay(made, '2011-11-09'))).toBe(dayNumber('2011-12-01'));
    const named = { floor: null, importance: null, why: '', by: '', until: '2011-12-20' };
    expect(classesChangeAfter(historyDay({ ...made, named }, '2011-12-09'))).toBe(
      dayNumber('2011-12-21'),
    );
  });
});

describe('whatever the history', () => {
  it('every figure is a number, every class one of its family, and since a day gone by', () => {
    fc.assert(
      fc.property(anyHistory, anyRules, anyDay, (of, rules, today) => {
        const day = historyDay(of, dayText(today), rules);
        const found = foundOn(day);
        expect(everyNumberIn(found, Number.isFinite)).toBe(true);
        const keysOf: Readonly<Record<string, readonly string[]>> = classFamilies;
        for (const [family, { key, since }] of Object.entries(found.classes)) {
          expect(keysOf[family]).toContain(key);
          expect(since === null || since <= day.asOf).toBe(true);
        }
      }),
    );
  });

  it('what a lifecycle told on a day it still tells later, in the order of days', () => {
    fc.assert(
      fc.property(anyHistory, anyRules, anyDay, anyDay, (of, rules, one, other) => {
        const [before, after] = [Math.min(one, other), Math.max(one, other)].map((day) =>
          lifecycleHistory(historyDay(of, dayText(day), rules)),
        );
        expect(after?.slice(0, before?.length)).toEqual(before);
        const days = after?.map(({ on }) => on) ?? [];
        expect(days).toEqual(days.toSorted());
      }),
    );
  });

  it('of a customer or a life ends on the day it names, and not before, if nothing happens', () => {
    fc.assert(
      fc.property(anyHistory, anyRules, anyDay, (of, rules, today) => {
        const past = { ...of, sales: of.sales.filter(({ day }) => day <= today) };
        const on = (day: number) => classesOn(historyDay(past, dayText(day), rules));
        for (const family of ['customer_class', 'lifecycle'] as const) {
          const now = on(today)[family];
          if (now?.until === undefined) continue;
          const end = dayNumber(now.until) ?? 0;
          expect(end).toBeGreaterThan(today);
          expect(on(end - 1)[family]).toEqual(now);
          expect(on(end)[family]?.key).not.toBe(now.key);
        }
      }),
    );
  });

  it('is lost in both families or in none', () => {
    fc.assert(
      fc.property(anyHistory, anyRules, anyDay, (of, rules, today) => {
        const { lifecycle, customer_class } = classesOn(historyDay(of, dayText(today), rules));
        expect(customer_class?.key === 'lost').toBe(lifecycle?.key === 'lost');
        if (lifecycle?.key === 'lost') expect(customer_class?.since).toBe(lifecycle.since);
      }),
    );
  });
});

describe('customers who are all equal', () => {
  it('are all in the same classes, under cut points of their own base', () => {
    const sale = { day: numberOf('2011-11-01'), minor: 90_00, reference: 'a' };
    const of = { ...history([]), sales: [sale] };
    const { signals } = historyDay(of, '2011-12-09');
    const cuts = cutsOf(Array.from({ length: 50 }, () => signals));
    const classes = ['a', 'b'].map((customerId) =>
      classesOn(historyDay({ ...of, customerId }, '2011-12-09', policy, cuts)),
    );
    expect(classes[0]).toEqual(classes[1]);
    expect(classes[0]).toMatchObject({
      customer_class: { key: 'new' },
      quadrant: { key: 'other' },
    });
  });
});
