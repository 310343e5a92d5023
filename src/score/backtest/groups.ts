/** What the customers of one tier, segment or quintile did next. */
export type GroupOutcome = {
  readonly key: string;
  readonly label: string;
  readonly customers: number;
  readonly shareOfCustomers: number;
  /** Sums and means within the horizon; amounts in units of the currency. */
  readonly nextOrders: number;
  readonly nextSpend: number;
  readonly meanOrders: number | null;
  readonly meanSpend: number | null;
  /** `null` when nobody spent anything next. */
  readonly shareOfSpend: number | null;
  /** Mean spend over that of all customers: 1 is average. */
  readonly lift: number | null;
  /** Of the group's customers; `null` without any. */
  readonly shareBought: number | null;
};

/** A group before anything is counted. */
export type GroupName = { readonly key: string; readonly label: string };

type Outcomes = { readonly nextOrders: Float64Array; readonly nextSpend: Float64Array };

/** One line a name, in their order; `groupOf` gives each row's name by place. All lines add up to all rows. */
export function groupOutcomes(
  names: readonly GroupName[],
  groupOf: ArrayLike<number>,
  { nextOrders, nextSpend }: Outcomes,
): readonly GroupOutcome[] {
  const sums = names.map(() => ({ customers: 0, orders: 0, spend: 0, buyers: 0 }));
  for (let row = 0; row < nextOrders.length; row += 1) {
    const sum = sums[groupOf[row] ?? 0];
    if (sum === undefined) throw new RangeError(`Row ${row} is in no group`);
    sum.customers += 1;
    sum.orders += nextOrders[row] ?? 0;
    sum.spend += nextSpend[row] ?? 0;
    sum.buyers += (nextOrders[row] ?? 0) > 0 ? 1 : 0;
  }
  const spend = sums.reduce((total, sum) => total + sum.spend, 0);
  const all = nextOrders.length;
  const over = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  return names.map((name, at) => {
    const { customers = 0, orders = 0, spend: own = 0, buyers = 0 } = sums[at] ?? {};
    const meanSpend = over(own, customers);
    return {
      ...name,
      customers,
      shareOfCustomers: over(customers, all) ?? 0,
      nextOrders: orders,
      nextSpend: own,
      meanOrders: over(orders, customers),
      meanSpend,
      shareOfSpend: over(own, spend),
      lift: meanSpend === null ? null : over(meanSpend, spend / all),
      shareBought: over(buyers, customers),
    };
  });
}
