import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, dayText, monthNumber, monthsBefore } from '../../src/domain/day.ts';

const anyDay = fc.integer({ min: -700_000, max: 2_900_000 });

describe('calendar days', () => {
  it('go to numbers and back', () => {
    fc.assert(fc.property(anyDay, (days) => dayNumber(dayText(days)) === days));
  });

  it('count from 1970', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('1969-12-31')).toBe(-1);
    expect(dayNumber('2000-02-29')).toBe(Date.UTC(2000, 1, 29) / 86_400_000);
  });

  it.each(['2011-02-30', '2011-13-01', '2011-00-10', '2011-04-00', '1900-02-29', '', '2011-1-1'])(
    'refuse %j',
    (text) => expect(dayNumber(text)).toBeNull(),
  );

  it('know their month', () => {
    expect(monthNumber('2011-01-31') - monthNumber('2010-12-01')).toBe(1);
    expect(monthNumber('2011-01-01')).toBe(monthNumber('2011-01-31'));
  });

  it('step back by months, to the last day of a shorter one', () => {
    expect(monthsBefore('2011-12-09', 12)).toBe('2010-12-09');
    expect(monthsBefore('2012-03-31', 1)).toBe('2012-02-29');
    expect(monthsBefore('2011-01-31', 2)).toBe('2010-11-30');
    expect(monthsBefore('2000-01-15', 120)).toBe('1990-01-15');
  });
});
