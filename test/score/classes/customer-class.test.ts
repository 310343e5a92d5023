import { describe, expect, it } from 'vitest';
import { AS_OF } from '../builders.ts';
import { policy } from '../default-policy.ts';
import { classesOn, dayOf, type Given, later, madeOn, ordersOn } from './class-day.ts';

const ago = (days: number) => later(AS_OF, -days);
const classOf = (orders: readonly string[], given: Given = {}) => {
  const found = classesOn(dayOf(ordersOn(...orders), given)).customer_class;
  return `${found?.key} since ${found?.since}`;
};

describe('the five classes [004:346]', () => {
  it('are new potential five days after the record was made, potential after 200', () => {
    expect(classOf([], madeOn(ago(5)))).toBe(`new_potential since ${ago(5)}`);
    expect(classOf([], madeOn(ago(200)))).toBe(`potential since ${ago(169)}`);
  });

  it('are new ten days after the first deal', () => {
    expect(classOf([ago(10)])).toBe(`new since ${ago(10)}`);
  });

  it('are existing 30 days and lost 700 days after the last', () => {
    expect(classOf([ago(300), ago(30)])).toBe(`existing since ${ago(209)}`);
    expect(classOf([ago(900), ago(700)])).toBe(`lost since ${ago(700 - 600 - 1)}`);
    expect(classOf([ago(710), ago(700)])).toBe(`lost since ${ago(334)}`);
  });

  it('count the last day of each limit in', () => {
    expect(classOf([], madeOn(ago(30)))).toContain('new_potential');
    expect(classOf([], madeOn(ago(31)))).toContain(`potential since ${AS_OF}`);
    expect(classOf([ago(90)])).toContain('new');
    expect(classOf([ago(91)])).toBe(`existing since ${AS_OF}`);
    expect(classOf([ago(365)])).toContain('existing');
    expect(classOf([ago(366)])).toBe(`lost since ${AS_OF}`);
  });

  it('are existing again since the return of who was lost', () => {
    expect(classOf([ago(900), ago(50)])).toBe(`existing since ${ago(50)}`);
  });

  it('put lost before new where the policy lets both hold', () => {
    const rules = { ...policy, days: { ...policy.days, newCustomer: 500 } };
    expect(classOf([ago(400)], { rules })).toContain('lost');
  });

  it('are potential, since nobody knows when, for a record of unknown or future making', () => {
    expect(classOf([])).toBe('potential since null');
    expect(classOf([], madeOn('2012-02-01'))).toBe('potential since null');
  });
});
