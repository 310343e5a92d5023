import { describe, expect, it } from 'vitest';
import { segmentOf } from '../../src/policy/segment-of.ts';
import { policy } from '../score/default-policy.ts';

const all = [1, 2, 3, 4, 5].flatMap((recency) =>
  [1, 2, 3, 4, 5].flatMap((frequency) =>
    [1, 2, 3, 4, 5].map((monetary) => ({ recency, frequency, monetary })),
  ),
);

describe('the segment of a cell', () => {
  it('is one of eleven, each with as many of the 125 cells as published', () => {
    const counts = new Map<string, number>();
    for (const rfm of all) {
      const segment = segmentOf(policy, rfm);
      counts.set(segment, (counts.get(segment) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({
      champions: 7,
      loyal: 8,
      potential_loyalist: 24,
      new_customers: 7,
      promising: 16,
      need_attention: 8,
      about_to_sleep: 8,
      at_risk: 22,
      cannot_lose: 8,
      hibernating: 11,
      lost: 6,
    });
  });

  it('is read by recency, frequency, monetary', () => {
    const cell = (recency: number, frequency: number, monetary: number) =>
      segmentOf(policy, { recency, frequency, monetary });
    expect([cell(5, 4, 4), cell(1, 1, 5), cell(1, 4, 4), cell(1, 4, 5), cell(3, 2, 1)]).toEqual([
      'champions',
      'cannot_lose',
      'cannot_lose',
      'at_risk',
      'about_to_sleep',
    ]);
  });

  it.each([
    { recency: 6, frequency: 1, monetary: 1 },
    { recency: 1, frequency: 1, monetary: 0 },
    { recency: 2.5, frequency: 1, monetary: 1 },
    { recency: Number.NaN, frequency: 1, monetary: 1 },
  ])('does not exist for scores that are none', (rfm) => {
    expect(() => segmentOf(policy, rfm)).toThrow(RangeError);
  });
});
