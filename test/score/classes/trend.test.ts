import { describe, expect, it } from 'vitest';
import { trendOf } from '../../../src/score/classes/trend.ts';
import { won } from '../builders.ts';
import { dayOf } from './class-day.ts';

const day = (before: number, lately: number) =>
  dayOf([won('2010-06-01', before), won('2011-06-01', lately)]);

describe('the trend', () => {
  it('falls where spend was high last year and is general now, the fall of tier recorded [004:235]', () => {
    const standing = { tier: 'bronze', since: '2011-12-01', before: 'gold', belowSince: null };
    expect(trendOf(day(20_000_00, 300_00), standing)).toEqual({
      key: 'falling',
      since: null,
      code: 'trend.falling',
      facts: {
        netMinor: 300_00,
        beforeMinor: 20_000_00,
        currency: 'GBP',
        steps: -5,
        windowMonths: 12,
        tier: 'bronze',
        tierBefore: 'gold',
        tierSince: '2011-12-01',
      },
    });
  });

  it('rises where a small customer grew, and is steady between', () => {
    const entered = { tier: 'gold', since: '2011-01-01', before: null, belowSince: null };
    expect(trendOf(day(300_00, 20_000_00), entered)?.key).toBe('rising');
    expect(trendOf(day(300_00, 20_000_00), entered)?.facts).not.toHaveProperty('tierBefore');
    expect(trendOf(day(300_00, 400_00), null)?.key).toBe('steady');
  });

  it('does not name a move of the tier the other way', () => {
    const fallen = { tier: 'bronze', since: '2009-01-01', before: 'gold', belowSince: null };
    const risen = { ...fallen, tier: 'gold', before: 'bronze' };
    expect(trendOf(day(300_00, 20_000_00), fallen)?.facts).not.toHaveProperty('tierBefore');
    expect(trendOf(day(300_00, 400_00), fallen)?.facts).not.toHaveProperty('tierBefore');
    expect(trendOf(day(300_00, 20_000_00), risen)?.facts).toMatchObject({ tierBefore: 'bronze' });
  });

  it('takes nothing left in a window for its lowest step', () => {
    expect(trendOf(dayOf([won('2010-06-01', 9_000_00)]), null)?.key).toBe('falling');
    const refunded = [won('2010-06-01', 9_000_00), won('2011-06-01', -9_000_00)];
    expect(trendOf(dayOf(refunded), null)?.facts['netMinor']).toBe(-9_000_00);
  });

  it('says nothing of who was not there a window ago, nor of who bought in neither', () => {
    expect(trendOf(dayOf([won('2011-06-01', 1)]), null)).toBeNull();
    expect(trendOf(dayOf([won('2005-06-01', 1)]), null)).toBeNull();
    expect(trendOf(dayOf([]), null)).toBeNull();
  });
});
