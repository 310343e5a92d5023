import { describe, expect, it } from 'vitest';
import { leavesOn } from '../../../src/score/classes/leaves-on.ts';
import { numberOf } from '../../../src/score/classes/number-of.ts';
import { periodOf, periodStart } from '../../../src/score/classes/periods.ts';
import { NEVER } from '../../../src/score/customer-day.ts';

describe('a day as a number', () => {
  it('counts from 1970, and never comes where there is none', () => {
    expect([numberOf('1970-01-02'), numberOf(null), numberOf('2011-02-30')]).toEqual([
      1,
      NEVER,
      NEVER,
    ]);
  });
});

describe('a window', () => {
  it('is left on the same day so many months later, on the first after a month too short', () => {
    expect(leavesOn(numberOf('2010-01-15'), 12)).toBe(numberOf('2011-01-15'));
    expect(leavesOn(numberOf('2010-01-31'), 1)).toBe(numberOf('2010-03-01'));
    expect(leavesOn(NEVER, 12)).toBe(NEVER);
  });
});

describe('a calendar period', () => {
  it('begins with the first of a month, a quarter or a year', () => {
    for (const [months, start] of [
      [1, '2012-02-01'],
      [3, '2012-01-01'],
      [12, '2012-01-01'],
    ] as const)
      expect(periodStart(periodOf(numberOf('2012-02-29'), months), months)).toBe(numberOf(start));
    expect(periodStart(periodOf(numberOf('1969-12-31'), 3), 3)).toBe(numberOf('1969-10-01'));
  });
});
