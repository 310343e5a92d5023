import { describe, expect, it } from 'vitest';
import { nextOrderOn } from '../../../src/score/classes/next-order.ts';
import { dayOf, ordersOn } from './class-day.ts';

const monthly = ordersOn('2011-09-01', '2011-10-01', '2011-11-01');

describe('the next order', () => {
  it('is expected one median gap after the last', () => {
    expect(nextOrderOn(dayOf(monthly, { asOf: '2011-11-05' }))).toBe('2011-12-02');
  });

  it('stays on its day when that has passed, until the customer is lost', () => {
    expect(nextOrderOn(dayOf(monthly, { asOf: '2012-10-31' }))).toBe('2011-12-02');
    expect(nextOrderOn(dayOf(monthly, { asOf: '2012-11-01' }))).toBeNull();
  });

  it('is unknown below two orders', () => {
    expect(nextOrderOn(dayOf(ordersOn('2011-11-01')))).toBeNull();
    expect(nextOrderOn(dayOf([]))).toBeNull();
  });
});
