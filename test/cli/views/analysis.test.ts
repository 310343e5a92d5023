import { describe, expect, it } from 'vitest';
import { renderAnalysis } from '../../../src/cli/views/analysis.ts';
import type { Analysis } from '../../../src/run/analyse.ts';
import { BaseQuality } from '../../../src/score/quality/base-quality.ts';
import { customer, deal, history, won } from '../../score/builders.ts';
import { policy } from '../../score/default-policy.ts';

const today = 15_317;

function qualityOf(...histories: readonly ReturnType<typeof history>[]) {
  const base = new BaseQuality(policy, today);
  for (const one of histories) base.add(one);
  return base.build({
    wonMinor: 1_000_00,
    unattributed: {
      'no-customer': { deals: 2, minor: 250_00 },
      'customer-gone': { deals: 0, minor: 0 },
    },
  });
}

const nothing: Analysis = {
  asOf: '2011-12-09',
  currency: 'GBP',
  quality: new BaseQuality(policy, today).build({ wonMinor: 0, unattributed: {} }),
  keyAccounts: null,
  tierCheck: null,
  profile: null,
  together: null,
};

describe('an analysis', () => {
  it('of nothing says so, part by part', () => {
    expect(renderAnalysis(null)).toBe('Nobody is scored yet: run `assay score`.');
    expect(renderAnalysis(nothing)).toBe(`As of 2011-12-09

Data
  No customers.
  customers                        0
  with a deal that counts          0
  every required field filled      0
  something wrong with the record  0
  birthday unknown                 0
  No won revenue.

Key accounts
  Nobody bought for more than nothing in the window.

Tiers against clusters
  Too few customers have a tier to tell.

What the best tier has in common
  Nobody is in it.

Bought together
  No deal says what was bought: map a product field to see this.`);
  });

  it('says what is wrong with the data, and what revenue reaches nobody', () => {
    const quality = qualityOf(
      history([won('2011-11-01', 10_00)], { customer: { ...customer, email: 'x' } }),
      history([deal({ closedOn: null })], { customer: { ...customer, optedOut: true } }),
      history([deal({ closedOn: null })]),
    );
    const text = renderAnalysis({ ...nothing, quality });
    expect(text).toContain(
      '16.5% of the required fields are filled: not enough, the policy asks for 50%',
    );
    expect(text).toMatch(/^ {4}email-invalid {2,}1$/m);
    expect(text).toMatch(/^ {2}left out at their wish {2,}1$/m);
    expect(text).toMatch(/^ {2}won deals: date-missing {2,}1$/m);
    expect(text).toContain(
      '25% of won revenue reaches no customer\n    no-customer: 2 deals, £250.00',
    );
    expect(text).not.toContain('customer-gone');
    const filled = { ...customer, email: 'm@example.com', name: 'Mary', country: 'GB' };
    const good = qualityOf(history([], { customer: filled }));
    expect(renderAnalysis({ ...nothing, quality: good })).toContain(': enough, the policy asks');
  });

  it('says what key accounts hold, and how clusters fall into tiers', () => {
    const text = renderAnalysis({
      ...nothing,
      keyAccounts: {
        customers: 20,
        shareOfCustomers: 0.2,
        shareOfNet: 0.804,
        fromMinor: 500_00,
        wanted: 0.8,
      },
      tierCheck: {
        customers: 30,
        tiers: ['gold', 'bronze'],
        agreement: 0.666,
        clusters: [
          {
            customers: 10,
            recencyDays: 5,
            orders: 12.25,
            netMinor: 900_00,
            is: { recency: 'high', frequency: 'high', monetary: 'high' },
            byTier: [9, 1],
          },
          {
            customers: 20,
            recencyDays: 90,
            orders: 2,
            netMinor: 50_00,
            is: { recency: 'middle', frequency: 'middle', monetary: 'middle' },
            byTier: [1, 19],
          },
        ],
      },
    });
    expect(text).toContain(
      '20 customers (20% of those who bought) hold 80.4% of the\n  net amount, from £500.00',
    );
    expect(text).toContain('Agreement 0.67');
    expect(text).toMatch(/10 +5 +12\.3 +£900\.00 +9 +1 {2}lately, often, for much/);
    expect(text).toMatch(/20 +90 +2\.0 +£50\.00 +1 +19 {2}as most/);
  });

  it('says what the best have in common, and what is bought together', () => {
    const trait = { attribute: 'country', value: 'fr', customers: 20, best: 5, lift: 2.5 };
    const profile = {
      tier: 'gold',
      customers: 100,
      best: 10,
      traits: [trait],
      tooManyValues: ['city'],
    };
    const together = {
      products: 9,
      orders: 50,
      pairs: [
        {
          products: ['cup', 'tea'] as const,
          orders: 10,
          support: 0.2,
          confidence: [0.5, 0.4] as const,
          lift: 1.5,
        },
      ],
    };
    const text = renderAnalysis({ ...nothing, profile, together });
    expect(text).toContain(
      'gold: 10 of 100 customers\n  country  fr  5 of 20  2.50 times as likely',
    );
    expect(text).toContain('city has too many values to compare.');
    expect(text).toContain('50 orders with 9 products');
    expect(text).toMatch(/cup \+ tea +10 orders +20% +50% \/ 40% +1\.50/);
    const few = renderAnalysis({
      ...nothing,
      profile: { ...profile, traits: [{ ...trait, lift: 1 }] },
      together: { ...together, pairs: [] },
    });
    expect(few).toContain('Nothing that is known of them.');
    expect(few).toContain('no two go together more than chance would have it');
  });
});
