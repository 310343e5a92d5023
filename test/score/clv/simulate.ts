import type { FitInput } from '../../../src/score/clv/fit.ts';

type Truth = {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
  /** A customer may leave after its first order too, as in MBG/NBD. */
  readonly leavesAtOnce: boolean;
  readonly p: number;
  readonly q: number;
  readonly gamma: number;
};

export const shop: Truth = {
  ...{ r: 0.6, alpha: 8, a: 0.9, b: 2.5, leavesAtOnce: false },
  ...{ p: 5, q: 4, gamma: 20 },
};

/** Customers who are as the models say, in weeks; the same for the same seed. */
export function simulated(customers: number, truth: Truth = shop, seed = 1): FitInput {
  const random = mulberry32(seed);
  const columns = {
    x: new Float64Array(customers),
    tx: new Float64Array(customers),
    T: new Float64Array(customers),
    spend: new Float64Array(customers),
  };
  for (let at = 0; at < customers; at += 1) {
    const T = Math.round(26 + 52 * random());
    const { x, tx } = life(truth, T, random);
    const rate = gammaOf(random, truth.q) / truth.gamma;
    columns.x[at] = x;
    columns.tx[at] = tx;
    columns.T[at] = T;
    columns.spend[at] = x === 0 ? 0 : gammaOf(random, truth.p * x) / (x * rate);
  }
  return { model: truth.leavesAtOnce ? 'mbgnbd' : 'bgnbd', unit: 'week', ...columns };
}

function life({ r, alpha, a, b, leavesAtOnce }: Truth, T: number, random: () => number) {
  const rate = gammaOf(random, r) / alpha;
  const [leave, stay] = [gammaOf(random, a), gammaOf(random, b)];
  const p = leave / (leave + stay);
  let [x, tx] = [0, 0];
  let isCustomer = !(leavesAtOnce && random() < p);
  while (isCustomer) {
    const next = tx - Math.log(1 - random()) / rate;
    if (next > T) break;
    [x, tx] = [x + 1, next];
    isCustomer = random() >= p;
  }
  return { x, tx };
}

export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Marsaglia & Tsang, ACM Trans. Math. Softw. 26 (2000). */
function gammaOf(random: () => number, shape: number): number {
  if (shape < 1) return gammaOf(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < (normal * normal) / 2 + d - d * v + d * Math.log(v))
      return d * v;
  }
}
