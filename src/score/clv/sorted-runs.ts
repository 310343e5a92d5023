/** Distinct values ascending, and where each value stands among them. */
type Ranks = { readonly values: Float64Array; readonly rankOf: ReadonlyMap<number, number> };

/** Distinct triples ascending by first, second and third, and how often each stands. */
type Runs = {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly third: Float64Array;
  readonly count: Float64Array;
};

/**
 * The distinct rows of three columns. Each row becomes one number, the ranks of its three values, and
 * numbers sort natively: a million rows take a third of the time of a table of texts or of a sort with
 * a comparison. `null` where the ranks of all three do not fit a double.
 */
export function sortedRuns(a: Float64Array, b: Float64Array, c: Float64Array): Runs | null {
  const ranks = [ranksOf(a), ranksOf(b), ranksOf(c)] as const;
  const [ofA, ofB, ofC] = ranks;
  if (ofA.values.length * ofB.values.length * ofC.values.length > Number.MAX_SAFE_INTEGER)
    return null;
  const keys = a.map((value, row) => {
    const upper = rank(ofA, value) * ofB.values.length + rank(ofB, b[row] ?? 0);
    return upper * ofC.values.length + rank(ofC, c[row] ?? 0);
  });
  const { distinct, count } = runLengths(keys.sort());
  const sizeC = ofC.values.length;
  const sizeB = ofB.values.length;
  return {
    first: distinct.map((key) => ofA.values[Math.floor(key / sizeC / sizeB)] ?? 0),
    second: distinct.map((key) => ofB.values[Math.floor(key / sizeC) % sizeB] ?? 0),
    third: distinct.map((key) => ofC.values[key % sizeC] ?? 0),
    count,
  };
}

function ranksOf(column: Float64Array): Ranks {
  const values = Float64Array.from(new Set(column)).sort();
  return { values, rankOf: new Map(Array.from(values, (value, at) => [value, at])) };
}

function rank({ rankOf }: Ranks, value: number): number {
  return rankOf.get(value) ?? 0;
}

function runLengths(sorted: Float64Array) {
  const distinct = new Float64Array(sorted.length);
  const count = new Float64Array(sorted.length);
  let runs = 0;
  for (const key of sorted) {
    if (runs === 0 || distinct[runs - 1] !== key) {
      distinct[runs] = key;
      runs += 1;
    }
    count[runs - 1] = (count[runs - 1] ?? 0) + 1;
  }
  return { distinct: distinct.slice(0, runs), count: count.slice(0, runs) };
}
