import { describe, expect, it } from 'vitest';
import { guardNames } from '../../../src/domain/hold.ts';
import { planGuards } from '../../../src/plan/guards/guards.ts';
import { aMove, aSight, heldBy, sentence, usual } from './inputs.ts';

it('every guard of the settings looks at plans, but those of the pull and of writing', () => {
  const elsewhere = ['source-cut-short', 'canary'];
  expect(planGuards.map(([name]) => name).toSorted()).toEqual(
    guardNames.filter((name) => !elsewhere.includes(name)).toSorted(),
  );
});

it('a world that did not change passes them all', () => {
  expect(heldBy({})).toEqual([]);
});

describe('customers who change tier', () => {
  it('pass at the limit and are held one above it', () => {
    expect(heldBy({ moves: [aMove('silver', 'gold', 150), aMove('gold', 'none', 50)] })).toEqual(
      [],
    );
    expect(sentence('tier-customers', { moves: [aMove('silver', 'gold', 201)] })).toBe(
      '201 of 800 customers (25.1 %) change tier; the limit is 25 %.',
    );
  });

  it('are counted of the whole base, whatever the plan compared', () => {
    const few = [aMove('silver', 'gold', 30), aMove('silver', 'silver', 2)];
    expect(heldBy({ moves: few })).toEqual([]);
  });

  it('are not those who stay, nor on a first run those who had none', () => {
    const moves = [aMove('silver', 'silver', 600), aMove('none', 'silver', 500)];
    expect(heldBy({ moves, before: null })).toEqual([]);
  });

  it('are those who had none as well, once a run has written', () => {
    expect(heldBy({ moves: [aMove('none', 'silver', 200), aMove('gold', 'silver', 50)] })).toEqual(
      [],
    );
    const moves = [aMove('none', 'silver', 200), aMove('gold', 'silver', 51)];
    expect(sentence('tier-customers', { moves })).toBe(
      '251 of 1,000 customers (25.1 %), 200 of whom had none, change tier; the limit is 25 %.',
    );
  });

  it('are no sign while few had a tier', () => {
    const held = [{ tier: 'gold', customers: 19, netMinor: 0 }];
    expect(heldBy({ held, moves: [aMove('gold', 'none', 19)] })).toEqual([]);
    const one = [{ tier: 'gold', customers: 20, netMinor: 0 }];
    expect(heldBy({ held: one, moves: [aMove('gold', 'none', 6)] })).toEqual(['tier-customers']);
  });

  it('are not looked at when the guard is off', () => {
    const brake = { ...usual, tierCustomers: null, tierSizes: false };
    expect(heldBy({ brake, moves: [aMove('gold', 'silver', 200)] })).toEqual([]);
  });
});

describe('revenue that changes tier', () => {
  it('passes at the limit and is held a penny above it', () => {
    expect(heldBy({ moves: [aMove('gold', 'silver', 10, 35_000_000)] })).toEqual([]);
    expect(sentence('tier-revenue', { moves: [aMove('gold', 'silver', 10, 35_000_001)] })).toBe(
      'GBP 350,000.01 of GBP 1,000,000.00 (35.000001 %) of net revenue changes tier; the limit is 35 %.',
    );
  });

  it('is not made less by balances below zero', () => {
    const moves = [aMove('gold', 'silver', 9, 40_000_000), aMove('silver', 'gold', 9, -9_000_000)];
    expect(heldBy({ moves })).toEqual(['tier-revenue']);
  });
});

describe('a tier', () => {
  it('that would have nobody is held, one customer is enough to pass', () => {
    const brake = { ...usual, tierCustomers: null, tierRevenue: null };
    expect(heldBy({ brake, moves: [aMove('gold', 'silver', 199)] })).toEqual([]);
    expect(sentence('tier-emptied', { brake, moves: [aMove('gold', 'silver', 200)] })).toBe(
      'Tier gold (200 now, 0 then) would be left without any customer.',
    );
  });

  it('that would double is held, newcomers among them, one less passes', () => {
    const up = aMove('silver', 'gold', 100);
    const brake = { ...usual, tierCustomers: null };
    expect(heldBy({ brake, moves: [up, aMove('none', 'gold', 99)] })).toEqual([]);
    expect(sentence('tier-doubled', { moves: [up, aMove('none', 'gold', 100)] })).toBe(
      'Tier gold (200 now, 400 then) would have at least twice as many customers.',
    );
  });

  it('may be filled by newcomers while no run has written: the first stopped half way', () => {
    expect(heldBy({ before: null, moves: [aMove('none', 'gold', 900)] })).toEqual([]);
  });

  it('of few customers is not looked at', () => {
    const held = [
      { tier: 'gold', customers: 19, netMinor: 0 },
      { tier: 'silver', customers: 600, netMinor: 0 },
    ];
    expect(heldBy({ held, moves: [aMove('gold', 'silver', 19)] })).toEqual([]);
    expect(heldBy({ held, moves: [aMove('silver', 'gold', 19)] })).toEqual([]);
  });
});

describe('against the last run that wrote', () => {
  it('a tenth of the customers may be gone, not one more', () => {
    expect(heldBy({ now: aSight({ customers: 900 }) })).toEqual([]);
    expect(sentence('customers-fell', { now: aSight({ customers: 899 }) })).toBe(
      'Customers fell from 1,000 to 899 (10.1 %) since the last run that wrote; the limit is 10 %.',
    );
  });

  it('a tenth of won revenue may be gone, not a penny more', () => {
    expect(heldBy({ now: aSight({ wonMinor: 90_000_000 }) })).toEqual([]);
    expect(sentence('revenue-fell', { now: aSight({ wonMinor: 89_999_999 }) })).toBe(
      'Won revenue fell from GBP 1,000,000.00 to GBP 899,999.99 (10.000001 %) since the last run that wrote; the limit is 10 %.',
    );
  });

  it('revenue in another home currency cannot be compared, and is held', () => {
    const now = aSight({ homeCurrency: 'EUR', wonByCurrency: { GBP: 100_000_000 } });
    expect(heldBy({ now })).toEqual(['revenue-fell']);
  });

  it('more of anything passes', () => {
    expect(heldBy({ now: aSight({ customers: 9_000, wonMinor: 900_000_000 }) })).toEqual([]);
  });

  it('a fifth of won revenue may move between currencies, not more', () => {
    const now = (minor: number) =>
      aSight({ wonByCurrency: { GBP: 100_000_000 - minor, EUR: minor } });
    expect(heldBy({ now: now(20_000_000) })).toEqual([]);
    expect(sentence('currency-mix', { now: now(20_100_000) })).toBe(
      '20.1 % of won revenue moved between currencies since the last run that wrote, EUR from 0 % to 20.1 %; the limit is 20 %.',
    );
  });

  it('nothing is looked at where few customers were', () => {
    const before = aSight({ customers: 19, wonByCurrency: { EUR: 1 }, homeCurrency: 'EUR' });
    expect(heldBy({ before, now: aSight({ customers: 5, wonMinor: 1 }) })).toEqual([]);
  });
});

describe('a source', () => {
  it('without any customer, where there were some, is held', () => {
    const now = aSight({ customers: 0, wonDeals: 0, wonMinor: 0, completeness: null });
    expect(heldBy({ now })).toContain('source-empty');
    expect(heldBy({ now, before: null })).toEqual([]);
  });

  it('without any won deal is held on a first run, and when there were some', () => {
    const now = aSight({ wonDeals: 0, wonMinor: 0, wonByCurrency: {} });
    expect(sentence('source-empty', { now, before: null })).toBe(
      'Of the deals of 1,000 customers none is won: nobody can be given a tier.',
    );
    expect(heldBy({ now })).toEqual(['source-empty', 'revenue-fell']);
    expect(heldBy({ now, before: now })).toEqual([]);
  });
});

describe('data quality', () => {
  it('passes at the gate and is held below', () => {
    expect(heldBy({ now: aSight({ completeness: 0.2 }) })).toEqual([]);
    expect(sentence('data-quality', { now: aSight({ completeness: 0.1999 }) })).toBe(
      'Records are 19.99 % complete on average; the gate is 20 %.',
    );
    expect(heldBy({ now: aSight({ completeness: null }) })).toEqual([]);
  });
});
