import type { Fit } from '../../score/clv/fit.ts';
import type { TalliedRows } from '../row-tally.ts';
import { counted } from './figures.ts';
import { rowWarnings } from './row-warnings.ts';
import { indent, table } from './table.ts';

/** The document of `assay fit --json`. */
export function fitDocument(fit: Fit, leftOut: readonly TalliedRows[]) {
  const { model, unit, params, logLikelihood, customers, repeatBuyers, gammaGamma } = fit;
  const warnings = warningsOf(fit, leftOut);
  return { model, unit, params, logLikelihood, customers, repeatBuyers, gammaGamma, warnings };
}

/** The same for a person. */
export function renderFit(fit: Fit, leftOut: readonly TalliedRows[]): string {
  const { r, alpha, a, b } = fit.params;
  const rows: (readonly [string, string])[] = [
    ['r', figure(r)],
    [`alpha (${fit.unit}s)`, figure(alpha)],
    ['a', figure(a)],
    ['b', figure(b)],
    ['log-likelihood', fit.logLikelihood.toFixed(2)],
  ];
  const { gammaGamma: money } = fit;
  if (money !== null)
    rows.push(
      ['p', figure(money.p)],
      ['q', figure(money.q)],
      ['gamma', figure(money.gamma)],
      ['log-likelihood of spend', money.logLikelihood.toFixed(2)],
    );
  const name = fit.model === 'bgnbd' ? 'BG/NBD' : 'MBG/NBD';
  const heading = `${name} on ${counted(fit.customers, 'customer')}, ${counted(fit.repeatBuyers, 'repeat buyer')}`;
  const warnings = warningsOf(fit, leftOut).map((warning) => `! ${warning}`);
  return [heading, indent(table(rows, ['left', 'right'])), ...warnings].join('\n');
}

function warningsOf(fit: Fit, leftOut: readonly TalliedRows[]): readonly string[] {
  return [...rowWarnings(leftOut), ...fit.warnings.map(({ code, text }) => `${code}: ${text}`)];
}

function figure(value: number): string {
  return value >= 0.001 && value < 1e6 ? value.toFixed(4) : value.toExponential(3);
}
