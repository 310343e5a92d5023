import { describe, expect, it } from 'vitest';
import { daysAfter, localTime, minutesAfter } from '../../../sandbox/data/local-time.ts';

describe('local time', () => {
  it('keeps the wall clock and adds the offset of that day', () => {
    const london = localTime('Europe/London');
    expect(london('2011-03-27T00:59:00')).toBe('2011-03-27T00:59:00+00:00');
    expect(london('2011-03-27T02:00:00')).toBe('2011-03-27T02:00:00+01:00');
    expect(london('2011-10-30T02:00:00')).toBe('2011-10-30T02:00:00+00:00');
    expect(localTime('Asia/Kolkata')('2011-01-01T00:00:00')).toBe('2011-01-01T00:00:00+05:30');
    expect(localTime('America/New_York')('2011-07-01T00:00:00')).toMatch(/-04:00$/);
  });

  it('counts days and minutes by the calendar', () => {
    expect(daysAfter('2012-02-28', 2)).toBe('2012-03-01');
    expect(daysAfter('2012-03-01', -1)).toBe('2012-02-29');
    expect(minutesAfter('2011-06-01', 9 * 60 + 5)).toBe('2011-06-01T09:05:00');
    expect(minutesAfter('2011-06-30', 25 * 60)).toBe('2011-07-01T01:00:00');
  });
});
