/** Records with `from` ≤ id < `to`; `null` is open. Side by side they cover every id. */
export type IdRange = { readonly from: number | null; readonly to: number | null };

type Segment = {
  readonly low: number;
  /** Exclusive. */
  readonly high: number;
  /** Records with a lower id than `low`. */
  readonly before: number;
  readonly count: number;
  /** Probes in a row that found it evenly filled. */
  readonly even: number;
};

type RangeInput = {
  readonly min: number;
  readonly max: number;
  readonly total: number;
  readonly parts: number;
  /** Records with a lower id: one counting search. */
  readonly countBelow: (id: number) => Promise<number>;
  /** Most counting searches. */
  readonly probes: number;
};

/**
 * Cuts the ids into ranges of about equal numbers of records. Ids may be dense or leave large gaps,
 * so the largest stretch is halved and counted until every stretch is small or evenly filled; the
 * borders are then read off between the counts.
 */
export async function idRanges(input: RangeInput): Promise<readonly IdRange[]> {
  const { min, max, total, parts, countBelow, probes } = input;
  if (parts < 2) return [{ from: null, to: null }];
  let segments: readonly Segment[] = [
    { low: min, high: max + 1, before: 0, count: total, even: 0 },
  ];
  for (let probe = 0; probe < probes; probe += 1) {
    const widest = largestUncertain(segments, total / parts);
    if (widest === undefined) break;
    const middle = Math.floor((widest.low + widest.high) / 2);
    const halves = split(widest, middle, await countBelow(middle));
    segments = segments.flatMap((segment) => (segment === widest ? halves : [segment]));
  }
  const borders = Array.from({ length: parts - 1 }, (_, part) =>
    borderAt(segments, (total * (part + 1)) / parts),
  );
  const distinct = [...new Set(borders)].filter((border) => border > min && border <= max);
  return [null, ...distinct].map((from, index) => ({ from, to: distinct[index] ?? null }));
}

function largestUncertain(segments: readonly Segment[], fair: number): Segment | undefined {
  return segments
    .filter(({ count, even, low, high }) => count > fair / 2 && even < 2 && high - low > 1)
    .toSorted((a, b) => b.count - a.count)[0];
}

function split(segment: Segment, middle: number, below: number): readonly Segment[] {
  const { low, high, before, count } = segment;
  // The index may have moved between two counts; the halves must still add up.
  const left = Math.min(count, Math.max(0, below - before));
  const expected = (count * (middle - low)) / (high - low);
  const even = Math.abs(left - expected) <= count * 0.03 ? segment.even + 1 : 0;
  return [
    { low, high: middle, before, count: left, even },
    { low: middle, high, before: before + left, count: count - left, even },
  ];
}

/** The id below which about `wanted` records lie. */
function borderAt(segments: readonly Segment[], wanted: number): number {
  const around = segments.find(({ before, count }) => before + count >= wanted);
  if (around === undefined) return segments.at(-1)?.high ?? 0;
  const { low, high, before, count } = around;
  if (count === 0) return low;
  return low + Math.round(((high - low) * (wanted - before)) / count);
}
