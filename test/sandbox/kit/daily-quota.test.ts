import { describe, expect, it } from 'vitest';
import { DailyQuota, nextMidnight } from '../../../sandbox/kit/daily-quota.ts';

const at = (instant: string) => Date.parse(instant);

describe('a daily quota', () => {
  it('ends at midnight where the account is, not in London', () => {
    const quota = new DailyQuota(2, 'America/New_York');
    quota.take(at('2026-03-01T04:00:00Z'), 2);
    expect(quota.hasRoom(at('2026-03-01T04:59:59Z'))).toBe(false);
    expect(quota.hasRoom(at('2026-03-01T05:00:00Z'))).toBe(true);
    expect(quota.remaining(at('2026-03-01T05:00:00Z'))).toBe(2);
  });

  it('knows that a day with a change of clocks has 23 or 25 hours', () => {
    const spring = nextMidnight(at('2026-03-28T23:00:00Z'), 'Europe/Berlin');
    expect(spring).toBe(at('2026-03-29T22:00:00Z'));
    const autumn = nextMidnight(at('2026-10-24T22:00:00Z'), 'Europe/Berlin');
    expect(autumn).toBe(at('2026-10-25T23:00:00Z'));
  });
});
