/**
 * Parameters of BG/NBD and MBG/NBD: order rates over customers are Gamma(`r`, rate `alpha`), in
 * orders a unit of time; the chance to leave after an order is Beta(`a`, `b`). `a` of 0 means that
 * nobody leaves.
 */
export type NbdParams = {
  readonly r: number;
  /** In units of time. */
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
};

/** One customer's past: all that these models know of it. */
export type History = {
  /** Repeat orders: the first is not counted, those of one local day are one. */
  readonly x: number;
  /** Units of time from the first order to the last. */
  readonly tx: number;
  /** Units of time from the first order to the day of asking. */
  readonly T: number;
};

/** @throws RangeError for what is no parameter, no history or no horizon. */
export function checkInputs(params: NbdParams, { x, tx, T }: History, horizon: number): void {
  const { r, alpha, a, b } = params;
  const usable = isPositive(r) && isPositive(alpha) && isPositive(b) && isSize(a);
  if (!usable) throw new RangeError(`Not parameters of the model: ${JSON.stringify(params)}`);
  if (!(isSize(x) && isSize(tx) && isSize(T)))
    throw new RangeError(`Not a history: x ${x}, tx ${tx}, T ${T}`);
  if (!(horizon >= 0)) throw new RangeError(`Not a horizon: ${horizon}`);
}

function isPositive(value: number): boolean {
  return value > 0 && value < Number.POSITIVE_INFINITY;
}

function isSize(value: number): boolean {
  return value === 0 || isPositive(value);
}
