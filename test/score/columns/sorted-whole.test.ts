import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortedWhole } from '../../../src/score/columns/sorted-whole.ts';

const number = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true }),
);

it('sorts whole numbers, and all others, as a sort that compares does', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.array(number), fc.array(fc.integer({ min: -100_000, max: 100_000 }))),
      (given) => {
        const values = Float64Array.from(given, (value) => value + 0);
        const sorted = [...sortedWhole(values)].map((value) => value + 0);
        expect(sorted).toEqual([...values.toSorted()].map((value) => value + 0));
      },
    ),
  );
});
