import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/score/explain.ts';
import { scoreCustomer } from '../../src/score/score-customer.ts';
import { anySignals } from './arbitraries.ts';
import { cutsOf } from './base.ts';
import { deal, nothingKnown, signals, won } from './builders.ts';
import { policy } from './default-policy.ts';

const cuts = cutsOf([]);
const explained = (
  deals: Parameters<typeof signals>[0],
  given: Parameters<typeof signals>[1] = {},
) => explain(scoreCustomer(signals(deals, given), cuts, policy), policy, cuts);

describe('an explanation', () => {
  it('shows parts with their facts, what is unknown, the cuts and the orders', () => {
    const {
      lines,
      scores,
      tier,
      cuts: begin,
    } = explained(
      [
        won('2011-09-01', 120_00, {
          reference: 'INV-1',
          dueOn: '2011-10-01',
          paidOn: '2011-10-04',
        }),
        won('2011-11-01', 130_50, { reference: 'INV-2' }),
        won('2011-11-03', -10_00),
        deal({ amount: null, homeAmount: null }),
      ],
      {
        referrals: { referred: 2, bought: 1 },
        customer: { id: 'c1', eventsInvited: 4, eventsAttended: 1 },
      },
    );
    expect(tier).toEqual({ key: 'bronze', label: 'Bronze' });
    expect(begin[0]).toEqual({ key: 'platinum', label: 'Platinum', from: 80 });
    expect(scores.map(({ code }) => code)).toEqual(['value', 'loyalty', 'credit']);
    expect(lines.slice(1)).toEqual([
      'Tier: Bronze (Platinum from 80, Gold from 60, Silver from 40, Bronze from 0)',
      'Value 31/100',
      '  spend      8/40  240.50 GBP net in 2 orders since 2010-12-10',
      '  loyalty   13/40  loyalty 33 of 100, last order 2011-11-01',
      '  credit    10/20  credit 48 of 100, 0 of 1 paid on time',
      'Loyalty 33/100',
      '  repeat purchases   20/60  2 orders in 2 months from 2011-09-01 to 2011-11-01',
      '  referrals           8/20  2 referred, 1 bought',
      '  events              5/20  1 attended of 4 invitations',
      'Credit 48/100',
      '  paid on time    0/50  0 of 1 due',
      '  days overdue   29/30  3 days on average',
      '  refunds        19/20  10.00 GBP refunded',
      'RFM 4-2-2',
      'Orders          2 (2 since 2010-12-10)',
      'First order     2011-09-01',
      'Last order      2011-11-01',
      'Largest order   130.50 GBP, 2011-11-01 (INV-2)',
      'Usual gap       61 days',
      'Net amount      240.50 GBP since 2010-12-10; 240.50 GBP ever',
      'Refunded        10.00 GBP',
      'Deals left out  1 without amount',
    ]);
  });

  it('says what is unknown and what that did', () => {
    const { lines, scores } = explained([won('2011-11-01', 120_00)], {
      coverage: nothingKnown,
    });
    expect(scores[2]).toMatchObject({ code: 'credit', score: null, confidence: null, parts: [] });
    expect(lines).toContain(
      '  credit: no due date that has passed is known; its weight went to the other parts',
    );
    expect(lines).toContain('Credit: unknown');
    expect(lines).toContain('Value 10/100, confidence 0.64');
  });

  it('of a customer without a purchase says so', () => {
    expect(explained([]).lines.slice(1)).toEqual(['No won deal that counts.']);
    expect(explained([deal({ closedOn: null })]).lines).toContain(
      'Deals left out  1 without close date',
    );
    expect(explained([won('2011-11-01', -1_00)]).facts.map(({ code }) => code)).toEqual([
      'net',
      'refunded',
    ]);
  });

  it('goes without cut points, and without a tier', () => {
    const score = scoreCustomer(signals([won('2011-11-01', 1)]), cuts, policy);
    expect(explain({ ...score, tier: null }, policy, null).lines[1]).toBe(
      'No tier: too little is known',
    );
  });

  it('has no hole in it, whatever the customer', () => {
    fc.assert(
      fc.property(anySignals, (given) => {
        const text = explain(scoreCustomer(given, cuts, policy), policy, cuts).lines.join('\n');
        expect(text).not.toMatch(/undefined|null|NaN|\?/);
      }),
    );
  });
});
