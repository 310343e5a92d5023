import { describe, expect, it } from 'vitest';
import { activityChangesAfter, activityOf } from '../../../src/score/classes/activity.ts';
import { NEVER } from '../../../src/score/customer-day.ts';
import { won } from '../builders.ts';
import { dayOf, later, numberOf, ordersOn } from './class-day.ts';

const FIRST = '2011-01-01';
const on = (days: number) => dayOf(ordersOn(FIRST), { asOf: later(FIRST, days) });

describe('the activity index', () => {
  it('halves at each full half-life, and is 0 after eight', () => {
    const six = ['01', '02', '03', '04', '05', '06'].map((date) => `2011-01-${date}`);
    const index = (days: number) =>
      activityOf(dayOf(ordersOn(...six), { asOf: later('2011-01-06', days) }));
    expect([0, 84, 90, 180, 700].map(index)).toEqual([100, 100, 50, 25, 1]);
    expect([714, 719, 720].map(index)).toEqual([1, 0, 0]);
  });

  it('counts an order of today as a sixth of the fullest', () => {
    expect([0, 89, 90, 179, 180].map((days) => activityOf(on(days)))).toEqual([17, 17, 8, 8, 4]);
  });

  it('is never above 100, and counts the orders of one day once', () => {
    const many = Array.from({ length: 50 }, (_, at) => won(later(FIRST, at % 25), 1));
    expect(activityOf(dayOf(many, { asOf: later(FIRST, 25) }))).toBe(100);
    expect(activityOf(dayOf([won(FIRST, 1), won(FIRST, 2)], { asOf: FIRST }))).toBe(17);
  });

  it('is unknown for who never bought, or sent things back only', () => {
    expect(activityOf(dayOf([]))).toBeNull();
    expect(activityOf(dayOf([won(FIRST, -5_00)]))).toBeNull();
  });

  it('names the day of its next change, and none once it has come to rest', () => {
    expect(activityChangesAfter(on(0))).toBe(numberOf(later(FIRST, 90)));
    expect(activityChangesAfter(on(100))).toBe(numberOf(later(FIRST, 180)));
    expect(activityChangesAfter(on(720))).toBe(NEVER);
    expect(activityChangesAfter(dayOf([]))).toBe(NEVER);
  });
});
