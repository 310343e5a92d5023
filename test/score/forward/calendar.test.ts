import { describe, expect, it } from 'vitest';
import {
  dayNumber,
  dayText,
  monthNumber,
  monthsAfter,
  monthsBefore,
} from '../../../src/domain/day.ts';
import {
  firstOfMonth,
  monthOf,
  quarterEnd,
  windowExit,
  windowStart,
} from '../../../src/score/forward/calendar.ts';

/** Every day of more than a hundred years, the ends of 1900 and 2000 among them. */
const days = Array.from({ length: 50_000 }, (_, at) => at - 26_000);
const differ = (found: (day: number) => number, wanted: (day: string) => number | null) =>
  days.filter((day) => found(day) !== wanted(dayText(day)));

describe('the calendar by arithmetic', () => {
  it('agrees with the calendar by text on every day', () => {
    expect(differ(monthOf, monthNumber)).toEqual([]);
    expect(
      differ(
        (day) => firstOfMonth(monthOf(day)),
        (day) => dayNumber(`${day.slice(0, 8)}01`),
      ),
    ).toEqual([]);
  });

  it.each([1, 3, 12, 24])('knows windows of %i months', (months) => {
    const before = (day: string) => (dayNumber(monthsBefore(day, months)) ?? 0) + 1;
    expect(differ((day) => windowStart(day, months), before)).toEqual([]);
    const after = (day: string) => dayNumber(monthsAfter(day, months));
    expect(differ((day) => windowExit(day, months), after)).toEqual([]);
  });

  it('knows the ends of quarters', () => {
    const ends = ['2011-01-01', '2011-03-31', '2011-04-01', '2012-12-31'].map((day) =>
      dayText(quarterEnd(dayNumber(day) ?? 0)),
    );
    expect(ends).toEqual(['2011-03-31', '2011-03-31', '2011-06-30', '2012-12-31']);
  });
});
