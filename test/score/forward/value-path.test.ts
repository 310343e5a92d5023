import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, dayText } from '../../../src/domain/day.ts';
import type { CustomerHistory } from '../../../src/domain/history.ts';
import { customerDay, type ScoreFrame } from '../../../src/score/customer-day.ts';
import { valueChangesAfter } from '../../../src/score/forward/value-events.ts';
import { ValuePath } from '../../../src/score/forward/value-path.ts';
import { Timeline } from '../../../src/score/timeline.ts';
import { AS_OF } from '../builders.ts';
import { someHistory, someRules, withOrder } from './some-customer.ts';

const today = dayNumber(AS_OF) ?? 0;

function fullScore(of: CustomerHistory, day: number, rules: ScoreFrame): number {
  const timeline = new Timeline(of, rules.policy.purchase);
  const { value } = customerDay(timeline, dayText(day), rules, null).basic;
  if (value === null || value.confidence < rules.policy.value.minimumConfidence) return -1;
  return value.score;
}

describe('the value score by numbers', () => {
  it('is that of the rebuilt history, with one more order and without', () => {
    fc.assert(
      fc.property(
        someHistory,
        someRules,
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 900_000 }),
        (of, rules, ahead, minor) => {
          const day = today + ahead;
          const path = new ValuePath(new Timeline(of, rules.policy.purchase), rules);
          const placed = path.scoreOf(path.placed(day), minor);
          expect(placed).toBe(fullScore(withOrder(of, day, minor), day, rules));
          const quiet = path.quiet(day);
          expect(quiet === null ? -1 : path.scoreOf(quiet, 0)).toBe(fullScore(of, day, rules));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('stands still until the day that is named', () => {
    fc.assert(
      fc.property(someHistory, someRules, (of, rules) => {
        const timeline = new Timeline(of, rules.policy.purchase);
        const textOn = (day: number) => {
          const { value, loyalty, credit } = customerDay(timeline, dayText(day), rules, null).basic;
          return `${value?.score} ${value?.confidence} ${loyalty?.score} ${credit?.score}`;
        };
        const change = Math.min(valueChangesAfter(timeline, rules, today), today + 500);
        const now = textOn(today);
        for (let day = today + 1; day < change; day++) expect(textOn(day)).toBe(now);
      }),
      { numRuns: 200 },
    );
  });
});
