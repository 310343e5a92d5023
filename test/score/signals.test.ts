import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deals } from './arbitraries.ts';
import { customer, deal, input, nothingKnown, signals, signalsOf, won } from './builders.ts';
import { everyNumberIn } from './every-number.ts';

describe('signals of one customer', () => {
  it('merge the won deals of a day into one order', () => {
    const found = signals([
      won('2011-12-01', 10_00),
      won('2011-12-01', 5_00, { id: 'b', reference: 'INV-2' }),
      won('2011-11-01', 12_00),
    ]);
    expect(found).toMatchObject({ orders: 2, netInWindow: 27_00, lastOrderOn: '2011-12-01' });
    expect(found.largestOrder).toEqual({
      on: '2011-12-01',
      minor: 15_00,
      deals: ['2011-12-01:1000', 'INV-2'],
    });
  });

  it('count nothing but won deals', () => {
    expect(signals([deal({ status: 'open' }), deal({ status: 'lost' })])).toMatchObject({
      orders: 0,
      netEver: 0,
      problems: {},
      lastOrderOn: null,
    });
  });

  it('take refunds off without counting them as orders', () => {
    const found = signals([won('2011-11-01', 50_00), won('2011-11-20', -20_00)]);
    expect(found).toMatchObject({ orders: 1, netEver: 30_00, refundedEver: 20_00 });
    expect(found.lastOrderOn).toBe('2011-11-01');
  });

  it('count an amount of 0 as an order', () => {
    expect(signals([won('2011-11-01', 0)])).toMatchObject({ orders: 1, netEver: 0 });
  });

  it('look at calendar months up to the day', () => {
    const found = signals([
      won('2010-12-09', 1_00),
      won('2010-12-10', 2_00),
      won('2011-12-09', 4_00),
    ]);
    expect(found).toMatchObject({
      windowFrom: '2010-12-10',
      orders: 3,
      ordersInWindow: 2,
      netInWindow: 6_00,
      netEver: 7_00,
      daysSinceLastOrder: 0,
      monthsSinceFirst: 13,
      monthsWithOrder: 2,
    });
  });

  it('know the usual gap and how far gaps stray from it', () => {
    const found = signals([
      won('2011-01-01', 1),
      won('2011-01-11', 1),
      won('2011-01-21', 1),
      won('2011-02-20', 1),
    ]);
    expect(found).toMatchObject({ medianGapDays: 10, gapSpreadDays: 0 });
    expect(signals([won('2011-01-01', 1)]).medianGapDays).toBeNull();
    expect(signals([won('2011-01-01', 1), won('2011-01-04', 1)])).toMatchObject({
      medianGapDays: 3,
      gapSpreadDays: null,
    });
  });

  it('count what was due: paid in time, paid late, unpaid until today, not due yet', () => {
    const found = signals([
      won('2011-10-01', 1, { dueOn: '2011-11-01', paidOn: '2011-11-01' }),
      won('2011-10-02', 1, { dueOn: '2011-11-01', paidOn: '2011-11-04' }),
      won('2011-10-03', 1, { dueOn: '2011-12-04', paidOn: null }),
      won('2011-10-04', 1, { dueOn: '2011-12-04', paidOn: '2012-01-01' }),
      won('2011-10-05', 1, { dueOn: '2011-12-09', paidOn: null }),
      won('2011-10-06', -1, { dueOn: '2011-11-01', paidOn: null }),
      won('2011-10-07', 1, { dueOn: 'soon', paidOn: null }),
      won('2011-10-08', 1, { dueOn: '2011-02-30', paidOn: null }),
    ]);
    expect(found).toMatchObject({ duesKnown: 4, duesOnTime: 1, overdueDays: 5 });
  });

  it('leave what nobody in the CRM fills unknown', () => {
    const invited = { ...customer, eventsInvited: 3, eventsAttended: 1 };
    const due = [won('2011-10-01', 1, { dueOn: '2011-11-01' })];
    const known = signals(due, { customer: invited });
    expect(known).toMatchObject({ referrals: 0, referralsBought: 0, eventsInvited: 3 });
    const unknown = signals(due, {
      customer: invited,
      referrals: { referred: 2, bought: 1 },
      coverage: nothingKnown,
    });
    expect(unknown).toMatchObject({
      referrals: null,
      referralsBought: null,
      eventsInvited: null,
      eventsAttended: null,
      duesKnown: 0,
    });
    expect(signals([], { referrals: { referred: 2, bought: 1 } }).referrals).toBe(2);
  });

  it('count every won deal that cannot be used, under one cause', () => {
    const { problems, orders } = signals([
      deal({ closedOn: null }),
      deal({ closedOn: '2011-02-30' }),
      deal({ closedOn: '2011-12-10' }),
      deal({ amount: null, homeAmount: null }),
      deal({ homeAmount: null }),
      deal({ homeAmount: null, problems: ['currency-unknown'] }),
      deal({ homeAmount: { minor: 1, currency: 'USD' } }),
      deal({ homeAmount: { minor: Number.NaN, currency: 'GBP' } }),
      deal({ customers: [{ id: 'c2', primary: true }], closedOn: null }),
    ]);
    expect(orders).toBe(0);
    expect(problems).toEqual({
      'amount-missing': 1,
      'amount-unreadable': 1,
      'currency-unknown': 1,
      'date-in-future': 1,
      'date-missing': 2,
      'rate-unknown': 2,
    });
  });

  it('take a deal whose customers are not told as the customer’s own', () => {
    expect(signals([deal({ customers: null })]).netEver).toBe(100_00);
  });

  it('name ten deals of the largest order at most', () => {
    const many = Array.from({ length: 300 }, (_, at) => deal({ id: `d${at}` }));
    expect(signals(many).largestOrder?.deals).toHaveLength(10);
  });

  it('refuse a day that is none', () => {
    expect(() => signals([], { asOf: 'today' })).toThrow(RangeError);
  });

  it('do not depend on the order of the deals', () => {
    fc.assert(
      fc.property(deals, (given) => {
        const forwards = signalsOf(input({ deals: given }));
        expect(signalsOf(input({ deals: given.toReversed() }))).toEqual(forwards);
      }),
    );
  });

  it('are finite numbers whatever the deals', () => {
    fc.assert(
      fc.property(deals, fc.constantFrom('split', 'primary', 'all'), (given, attribution) => {
        const found = signalsOf(input({ deals: given, attribution }));
        expect(everyNumberIn(found, Number.isFinite)).toBe(true);
      }),
    );
  });

  it('add up over all customers to won revenue', () => {
    fc.assert(
      fc.property(deals, fc.constantFrom('split', 'primary'), (given, attribution) => {
        const usable = given.filter(
          ({ status, closedOn, homeAmount }) =>
            status === 'won' &&
            closedOn !== null &&
            closedOn <= '2011-12-09' &&
            homeAmount?.currency === 'GBP',
        );
        const revenue = usable.reduce((sum, { homeAmount }) => sum + (homeAmount?.minor ?? 0), 0);
        const ids = new Set(given.flatMap(({ customers }) => customers ?? []).map(({ id }) => id));
        const sums = [...ids].map((id) => {
          const one = { ...customer, id };
          return signalsOf(input({ customer: one, deals: given, attribution })).netEver;
        });
        expect(sums.reduce((sum, net) => sum + net, 0)).toBe(revenue);
      }),
    );
  });

  it('take 200,000 deals of one customer', () => {
    const many = Array.from({ length: 200_000 }, (_, at) =>
      won(`2011-${String(1 + (at % 11)).padStart(2, '0')}-10`, 1, { id: String(at) }),
    );
    expect(signals(many)).toMatchObject({ orders: 11, netInWindow: 200_000 });
  });
});
