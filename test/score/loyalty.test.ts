import { describe, expect, it } from 'vitest';
import { loyaltyScoreOf } from '../../src/score/loyalty.ts';
import { repeatShare } from '../../src/score/repeat.ts';
import { customer, nothingKnown, signals, won } from './builders.ts';
import { policy } from './default-policy.ts';

const monthly = (months: readonly string[]) => months.map((month) => won(`${month}-05`, 50_00));
const year = [
  '2011-01',
  '2011-02',
  '2011-03',
  '2011-04',
  '2011-05',
  '2011-06',
  '2011-07',
  '2011-08',
  '2011-09',
  '2011-10',
  '2011-11',
  '2011-12',
];

describe('repeat purchases', () => {
  it('of every month, evenly and up to now, are worth nearly all points', () => {
    expect(repeatShare(signals(monthly(year)), policy)).toBeGreaterThan(0.99);
  });

  it('are none after one order, however recent', () => {
    expect(repeatShare(signals([won('2011-12-09', 900_00)]), policy)).toBe(0);
  });

  it('do not earn all points before three further months', () => {
    expect(repeatShare(signals([won('2011-11-01', 1), won('2011-12-01', 1)]), policy)).toBe(1 / 3);
  });

  it('lose a quarter in each quarter of the time to lapse', () => {
    const deals = monthly(year.slice(0, 6));
    const on = (asOf: string): number => repeatShare(signals(deals, { asOf }), policy) ?? 0;
    const fresh = { ...signals(deals, { asOf: '2011-06-06' }) };
    const aged = (days: number): number =>
      repeatShare({ ...fresh, daysSinceLastOrder: days }, policy) ?? 0;
    expect([91, 92, 182, 183, 274, 364].map((days) => aged(days) / aged(0))).toEqual([
      1, 0.75, 0.75, 0.5, 0.25, 0.25,
    ]);
    expect(aged(365)).toBe(0);
    expect(on('2012-06-30')).toBe(0);
  });

  it('wait longer for who buys seldom: three own gaps', () => {
    const yearly = ['2006-06-01', '2007-06-01', '2008-06-01', '2009-06-01', '2010-06-01'];
    expect(repeatShare(signals(yearly.map((day) => won(day, 1))), policy)).toBeGreaterThan(0);
  });

  it('are unknown without a purchase', () => {
    expect(repeatShare(signals([]), policy)).toBeNull();
  });
});

describe('loyalty', () => {
  const deals = monthly(year);

  it('is repeat alone when nothing else is known, with that much confidence', () => {
    const given = signals(deals, {
      coverage: nothingKnown,
    });
    expect(loyaltyScoreOf(given, policy)).toMatchObject({
      parts: [{ code: 'loyalty.repeat', of: 100 }],
      unknown: ['loyalty.referral', 'loyalty.participation'],
      confidence: 0.6,
    });
  });

  it('counts referred customers, those who have not bought for a quarter', () => {
    const points = (referred: number, bought: number): number | undefined =>
      loyaltyScoreOf(signals(deals, { referrals: { referred, bought } }), policy)?.parts[1]?.points;
    expect([points(0, 0), points(3, 0), points(3, 3), points(9, 9)]).toEqual([0, 6, 25, 25]);
  });

  it('counts events attended of those invited to; nobody invited is unknown', () => {
    const events = (eventsInvited: number | null, eventsAttended: number | null) =>
      loyaltyScoreOf(
        signals(deals, { customer: { ...customer, eventsInvited, eventsAttended } }),
        policy,
      );
    expect(events(4, 1)?.parts[2]).toMatchObject({ points: 5, of: 20 });
    expect(events(4, 9)?.parts[2]).toMatchObject({ points: 20, of: 20 });
    for (const unknown of [events(0, 0), events(null, 3), events(3, null)])
      expect(unknown?.unknown).toEqual(['loyalty.participation']);
  });

  it('is nothing to speak of without a purchase', () => {
    expect(loyaltyScoreOf(signals([]), policy)).toBeNull();
  });
});
