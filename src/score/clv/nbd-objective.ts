import type { Cells } from './cells.ts';
import type { Objective } from './objective.ts';
import { parametersAt, priorCost, slopesByLog } from './prior.ts';
import { digammaRising, logRising } from './rising.ts';

/** What a likelihood needs of the customers with the same x; log-rising factorials and slopes. */
type OfX = {
  readonly x: number;
  /** How often such a customer could have left. */
  readonly n: number;
  readonly from: number;
  readonly to: number;
  readonly customers: number;
};

/**
 * Minus the log-likelihood of all cells by log r, log alpha, log a and log b, with the prior, and
 * its analytic slope. `extra` is 0 for BG/NBD and 1 for MBG/NBD (see `nbd.ts`). All that depends on
 * x alone is worked out once for each x: what is left costs three logarithms and an exponential.
 */
export function nbdObjective(cells: Cells, extra: 0 | 1): Objective {
  const groups = groupsByX(cells, extra);
  return (point) => {
    const parameters = parametersAt(point);
    const [r = 0, alpha = 0, a = 0, b = 0] = parameters;
    const prior = priorCost(point);
    let value = 0;
    const slopes = [0, 0, 0, 0];
    for (const group of groups) {
      const part = groupSum(cells, group, r, alpha, a, b);
      value += part[0];
      for (let at = 0; at < 4; at += 1) slopes[at] = (slopes[at] ?? 0) + (part[at + 1] ?? 0);
    }
    const uphill = slopesByLog(point, parameters, slopes);
    return {
      value: prior.value - value,
      gradient: uphill.map((slope, at) => (prior.gradient[at] ?? 0) - slope),
    };
  };
}

function groupsByX({ x, count }: Cells, extra: 0 | 1): readonly OfX[] {
  const groups: OfX[] = [];
  for (let from = 0; from < x.length; ) {
    const value = x[from] ?? 0;
    let to = from;
    let customers = 0;
    for (; to < x.length && x[to] === value; to += 1) customers += count[to] ?? 0;
    groups.push({ x: value, n: value + extra, from, to, customers });
    from = to;
  }
  return groups;
}

/** The log-likelihood of the customers with one x, and its slopes by r, alpha, a and b. */
function groupSum(
  cells: Cells,
  group: OfX,
  r: number,
  alpha: number,
  a: number,
  b: number,
): readonly [number, number, number, number, number] {
  const { x, n, from, to, customers } = group;
  const s = r + x;
  const last = b + (n - 1);
  const odds = n === 0 ? 0 : a / last;
  let [logs, byR, byAlpha, left] = [0, 0, 0, 0];
  for (let cell = from; cell < to; cell += 1) {
    const weight = cells.count[cell] ?? 0;
    const untilLast = alpha + (cells.tx[cell] ?? 0);
    const untilNow = alpha + (cells.T[cell] ?? 0);
    const logLast = Math.log(untilLast / alpha);
    const silence = Math.log(untilNow / untilLast);
    const silent = Math.exp(-s * silence);
    const both = silent + odds;
    // Where both are nothing (a vanishing, a long silence), all of it is the silence.
    const alive = both > 0 ? silent / both : 1;
    logs += weight * ((both > 0 ? Math.log(both) : -s * silence) - s * logLast);
    byR -= weight * (logLast + alive * silence);
    byAlpha -= weight * (s / untilLast + alive * s * (1 / untilNow - 1 / untilLast));
    left += weight * (1 - alive);
  }
  const logAlpha = Math.log(alpha);
  const fromAB = digammaRising(a + b, n);
  const fixed = logRising(r, x) + logRising(b, n) - logRising(a + b, n) - x * logAlpha;
  return [
    logs + customers * fixed,
    byR + customers * digammaRising(r, x),
    byAlpha + (customers * r) / alpha,
    left / a - customers * fromAB,
    customers * (digammaRising(b, n) - fromAB) - (n === 0 ? 0 : left / last),
  ];
}
