import { describe, expect, it } from 'vitest';
import { gradeOf } from '../../../src/score/tiers/grade.ts';
import { dayOf, ordersOn } from '../classes/class-day.ts';
import { policy } from '../default-policy.ts';

const day = dayOf(ordersOn('2011-12-01'));
const grade = (score: number, tier: string | null, given: Partial<typeof day> = {}) =>
  gradeOf(
    {
      ...day,
      basic: { ...day.basic, value: { score, parts: [], unknown: [], confidence: 1 } },
      ...given,
    },
    tier,
  );

describe('the grade', () => {
  it('splits a tier in equal parts, best first', () => {
    const gold = [60, 66, 67, 73, 74, 79].map((score) => grade(score, 'gold'));
    expect(gold).toEqual(['c', 'c', 'b', 'b', 'a', 'a']);
    expect([80, 86, 87, 93, 94, 100].map((score) => grade(score, 'platinum'))).toEqual([
      'c',
      'c',
      'b',
      'b',
      'a',
      'a',
    ]);
  });

  it('is the lowest for who is held in a tier out of reach, the best for who waits to rise', () => {
    expect(grade(3, 'gold')).toBe('c');
    expect(grade(99, 'silver')).toBe('a');
  });

  it('is the best in a tier without room', () => {
    const cuts = {
      ...day.cuts,
      tiers: [
        { key: 'gold', from: 0 },
        { key: 'silver', from: 0 },
      ],
    };
    expect(grade(0, 'silver', { cuts })).toBe('a');
  });

  it('is none without a tier, a value or grades', () => {
    expect(grade(50, null)).toBeNull();
    expect(grade(50, 'of an older policy')).toBeNull();
    expect(gradeOf(dayOf([]), 'gold')).toBeNull();
    const rules = { ...policy, tiers: { ...policy.tiers, grades: [] } };
    expect(grade(50, 'silver', { policy: rules })).toBeNull();
  });
});
