import { describe, expect, it } from 'vitest';
import { lifecycleHistory, lifecycleOf } from '../../../src/score/classes/lifecycle.ts';
import { won } from '../builders.ts';
import { policy } from '../default-policy.ts';
import { dayOf, type Given, madeOn, ordersOn } from './class-day.ts';

const steps = (days: readonly string[], given: Given = {}) =>
  lifecycleHistory(dayOf(ordersOn(...days), given)).map(({ on, to }) => `${on} ${to}`);

describe('the lifecycle', () => {
  it('goes from potential over first and second purchase to loyal, each on its day', () => {
    const days = ['2011-02-01', '2011-02-20', '2011-03-05', '2011-04-01', '2011-05-01'];
    expect(steps(days, madeOn('2011-01-10'))).toEqual([
      '2011-01-10 potential',
      '2011-02-01 first_purchase',
      '2011-02-20 repeat',
      '2011-04-01 loyal',
    ]);
  });

  it('is loyal at once where the second order is enough', () => {
    const rules = { ...policy, days: { ...policy.days, loyalOrders: 2, loyalMonths: 1 } };
    expect(steps(['2011-02-01', '2011-02-20'], { rules }).at(-1)).toBe('2011-02-20 loyal');
  });

  it('is lost the day after too long a silence, and returned with the next order', () => {
    const days = ['2008-01-01', '2010-01-01', '2010-02-01', '2010-03-01'];
    const told = [
      '2008-01-01 first_purchase',
      '2009-01-01 lost',
      '2010-01-01 returned',
      '2010-02-01 repeat',
      '2010-03-01 loyal',
      '2011-03-02 lost',
    ];
    expect(steps(days, { asOf: '2011-03-02' })).toEqual(told);
    expect(steps(days, { asOf: '2011-03-01' })).toEqual(told.slice(0, -1));
    expect(steps(days, { asOf: '2009-06-01' })).toEqual(told.slice(0, 2));
  });

  it('waits three of the own gaps for who buys seldom, as they were at the time', () => {
    const yearly = ['2005-06-01', '2006-06-01', '2007-06-01', '2008-06-01'];
    expect(steps(yearly, { asOf: '2011-06-01' }).at(-1)).toBe('2007-06-01 loyal');
    expect(steps(yearly, { asOf: '2011-06-02' }).at(-1)).toBe('2011-06-02 lost');
  });

  it('begins with the first purchase for a record made later', () => {
    expect(steps(['2011-02-01'], madeOn('2011-02-01'))).toEqual(['2011-02-01 first_purchase']);
    expect(steps([], madeOn('2012-01-01'))).toEqual([]);
  });

  it('has a stage since the day of its latest step, named after it', () => {
    const day = dayOf(ordersOn('2011-02-01'));
    expect(lifecycleOf(day, lifecycleHistory(day))).toEqual({
      key: 'first_purchase',
      since: '2011-02-01',
      until: '2012-02-02',
      code: 'lifecycle.first_order',
      facts: { orders: 1, firstOrderOn: '2011-02-01', lastOrderOn: '2011-02-01' },
    });
  });

  it('is potential since nobody knows when for who only sent things back', () => {
    const day = dayOf([won('2011-02-01', -5_00)]);
    expect(lifecycleOf(day, lifecycleHistory(day))).toMatchObject({
      key: 'potential',
      since: null,
    });
  });
});
