/** Amounts from here on are no amounts. */
const LARGEST = 1e15;

/** Repeat buyers with a mean amount above 0: ascending by x, then by amount. */
export type RepeatSpend = {
  readonly x: Float64Array;
  readonly spend: Float64Array;
  /** For each x that occurs, the rows it stands in. */
  readonly groups: readonly Rows[];
};

type Rows = { readonly x: number; readonly from: number; readonly to: number };

/** Sorted, so that sums over it do not depend on the customers' order. */
export function repeatSpend(x: Float64Array, spend: Float64Array): RepeatSpend {
  const isUsable = (row: number): boolean =>
    (x[row] ?? 0) > 0 && (spend[row] ?? 0) > 0 && (spend[row] ?? 0) < LARGEST;
  const rows = Uint32Array.from(x.keys()).filter(isUsable);
  const groups = groupsOf(x, rows);
  const next = new Map(groups.map((group) => [group.x, group.from]));
  const sorted = { x: new Float64Array(rows.length), spend: new Float64Array(rows.length) };
  for (const row of rows) {
    const orders = x[row] ?? 0;
    const at = next.get(orders) ?? 0;
    next.set(orders, at + 1);
    sorted.x[at] = orders;
    sorted.spend[at] = spend[row] ?? 0;
  }
  for (const { from, to } of groups) sorted.spend.subarray(from, to).sort();
  return { ...sorted, groups };
}

/** Every so many-th buyer, at most about `most` of them. */
export function thinnedSpend(buyers: RepeatSpend, most: number): RepeatSpend {
  const stride = Math.ceil(buyers.x.length / most);
  if (stride <= 1) return buyers;
  const isKept = (_: number, row: number): boolean => row % stride === 0;
  return repeatSpend(buyers.x.filter(isKept), buyers.spend.filter(isKept));
}

function groupsOf(x: Float64Array, rows: Uint32Array): readonly Rows[] {
  const sizes = new Map<number, number>();
  for (const row of rows) sizes.set(x[row] ?? 0, (sizes.get(x[row] ?? 0) ?? 0) + 1);
  let from = 0;
  return [...sizes.entries()]
    .sort(([left], [right]) => left - right)
    .map(([orders, size]) => {
      const group = { x: orders, from, to: from + size };
      from = group.to;
      return group;
    });
}
