import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IdRange, idRanges } from '../../../connectors/hubspot/id-ranges.ts';

async function rangesOver(ids: readonly number[], parts: number, probes = 10) {
  const sorted = ids.toSorted((a, b) => a - b);
  let asked = 0;
  const ranges = await idRanges({
    ...{ parts, probes, total: sorted.length },
    min: sorted[0] ?? 0,
    max: sorted.at(-1) ?? 0,
    countBelow: async (id) => {
      asked += 1;
      return sorted.filter((each) => each < id).length;
    },
  });
  return { ranges, asked };
}

function within(id: number, { from, to }: IdRange): boolean {
  return (from === null || id >= from) && (to === null || id < to);
}

function sizes(ids: readonly number[], ranges: readonly IdRange[]): readonly number[] {
  return ranges.map((range) => ids.filter((id) => within(id, range)).length);
}

describe('ranges of record ids', () => {
  it('hold every id exactly once, new and old ones too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 40 }), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 12 }),
        async (ids, parts) => {
          const { ranges, asked } = await rangesOver(ids, parts);
          expect(ranges.length).toBeLessThanOrEqual(parts);
          expect(asked).toBeLessThanOrEqual(10);
          for (const id of [...ids, 0, 2 ** 45])
            expect(ranges.filter((range) => within(id, range))).toHaveLength(1);
        },
      ),
    );
  });

  it('are even where ids are, in three counts', async () => {
    const ids = Array.from({ length: 8_000 }, (_, index) => 1_001 + index * 3);
    const { ranges, asked } = await rangesOver(ids, 8);
    expect(asked).toBe(3);
    for (const size of sizes(ids, ranges)) expect(Math.abs(size - 1_000)).toBeLessThan(20);
  });

  it('are nearly even when old ids are small and new ones huge', async () => {
    const old = Array.from({ length: 3_000 }, (_, index) => 51 + index);
    const young = Array.from({ length: 5_000 }, (_, index) => 150_000_000_000 + index * 977);
    const { ranges } = await rangesOver([...old, ...young], 4, 30);
    expect(Math.max(...sizes([...old, ...young], ranges))).toBeLessThan(4_000);
  });
});
