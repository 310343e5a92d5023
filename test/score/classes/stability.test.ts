import { describe, expect, it } from 'vitest';
import { stabilityChangesAfter, stabilityOf } from '../../../src/score/classes/stability.ts';
import { NEVER } from '../../../src/score/customer-day.ts';
import { won } from '../builders.ts';
import { policy } from '../default-policy.ts';
import { dayOf, numberOf } from './class-day.ts';

const quarters = ['2010-11-01', '2011-02-01', '2011-05-01', '2011-08-01'];
const even = quarters.map((day) => won(day, 100_00));

describe('spend stability', () => {
  it('is 0 variation where every quarter brings the same, the running one left out', () => {
    expect(stabilityOf(dayOf([...even, won('2011-10-01', 9_000_00)]))).toEqual({
      periods: 4,
      meanMinor: 100_00,
      variation: 0,
      steady: true,
    });
  });

  it('is the standard deviation over the mean, in hundredths', () => {
    const uneven = quarters.map((day, at) => won(day, at < 2 ? 50_00 : 150_00));
    const rough = quarters.map((day, at) => won(day, at < 3 ? 1_00 : 100_00));
    expect(stabilityOf(dayOf(uneven))).toMatchObject({ variation: 0.5, steady: false });
    expect(stabilityOf(dayOf(rough))).toMatchObject({ variation: 1.66, steady: false });
  });

  it('counts quarters without an order as 0, and refunds against their quarter', () => {
    const gappy = [won('2010-11-01', 300_00), won('2011-05-01', 120_00), won('2011-06-01', -20_00)];
    expect(stabilityOf(dayOf(gappy))).toMatchObject({ periods: 4, meanMinor: 100_00 });
  });

  it('looks at two years at most, or at so many periods as the policy asks for', () => {
    const old = [won('2001-01-01', 5_00), ...even];
    expect(stabilityOf(dayOf(old))?.periods).toBe(8);
    const yearly = { ...policy, stability: { ...policy.stability, periodMonths: 12 } };
    expect(stabilityOf(dayOf(old, { rules: yearly }))?.periods).toBe(4);
  });

  it('is unknown below the least number of quarters, without a purchase, after long silence, or where all went back', () => {
    expect(stabilityOf(dayOf(even.slice(1)))).toBeNull();
    expect(stabilityOf(dayOf([]))).toBeNull();
    expect(stabilityOf(dayOf([won('2011-01-01', -1)]))).toBeNull();
    expect(stabilityOf(dayOf([won('2005-01-01', 100_00)]))).toBeNull();
    expect(stabilityOf(dayOf([...even, won('2011-09-01', -400_00)]))).toBeNull();
  });

  it('changes with a quarter only, and never again once all spend is past', () => {
    expect(stabilityChangesAfter(dayOf(even))).toBe(numberOf('2012-01-01'));
    expect(stabilityChangesAfter(dayOf([won('2011-11-01', 100_00)]))).toBe(numberOf('2012-10-01'));
    expect(stabilityChangesAfter(dayOf(even, { asOf: '2015-02-02' }))).toBe(NEVER);
    expect(stabilityChangesAfter(dayOf([]))).toBe(NEVER);
  });
});
