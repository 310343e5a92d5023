import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GapSet } from '../../../src/score/forward/gap-set.ts';
import { gapsOf } from '../../../src/score/gaps.ts';

const someDays = fc
  .uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 30 })
  .map((days) => days.sort((one, other) => one - other));

describe('the gaps with one more', () => {
  it('are those of the days with one more', () => {
    fc.assert(
      fc.property(someDays, fc.integer({ min: 1, max: 200 }), (days, gap) => {
        const all = [...days, (days.at(-1) ?? 0) + gap];
        expect(new GapSet(days).with(gap)).toEqual(gapsOf(all));
      }),
      { numRuns: 1_000 },
    );
  });
});
