import { describe, expect, it } from 'vitest';
import { nextReviewOn } from '../../src/domain/review.ts';

describe('the next review', () => {
  it.each([
    ['quarterly', '2026-01-01', null, '2026-04-01'],
    ['half-yearly', '2026-01-01', null, '2026-07-01'],
    ['quarterly', '2026-01-01', '2026-04-01', '2026-07-01'],
    ['quarterly', '2026-01-01', '2026-05-20', '2026-07-01'],
    ['half-yearly', '2026-01-01', '2026-07-03', '2027-01-01'],
    // Done a few days early, it is the one that was due; long before, it is one more.
    ['quarterly', '2026-01-01', '2026-03-25', '2026-07-01'],
    ['quarterly', '2026-01-01', '2026-02-01', '2026-04-01'],
    // A standard that was published since starts the count anew.
    ['quarterly', '2026-06-10', '2026-04-02', '2026-09-10'],
    // The month's last day where it is too short, and not drifting from there.
    ['quarterly', '2025-11-30', null, '2026-02-28'],
    ['quarterly', '2025-11-30', '2026-02-28', '2026-05-30'],
    ['half-yearly', '2025-08-31', null, '2026-02-28'],
  ] as const)('%s, from %s, the last on %s: is due on %s', (every, from, last, due) => {
    expect(nextReviewOn(every, from, last)).toBe(due);
  });
});
