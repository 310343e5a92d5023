import { describe, expect, it } from 'vitest';
import { hiatusDays } from '../../../src/score/predict/hiatus.ts';

describe('the hiatus', () => {
  it('is no shorter than nine in ten of the gaps between orders', () => {
    const gaps = new Map(Array.from({ length: 100 }, (_, at) => [100 - at, 1]));
    expect(hiatusDays(gaps, 365)).toBe(90);
    expect(
      hiatusDays(
        new Map([
          [40, 1],
          [7, 9],
        ]),
        365,
      ),
    ).toBe(7);
  });

  it('is the policy’s where ten gaps are not known', () => {
    expect(hiatusDays(new Map(), 365)).toBe(365);
    expect(hiatusDays(new Map([[7, 9]]), 200)).toBe(200);
  });
});
