import { assertNever } from '../../lib/assert-never.ts';
import type { FigureUnit } from '../../score/backtest/claims.ts';
import type { Verdict } from '../../score/backtest/verdicts.ts';
import { units } from './units.ts';

/** A verdict in one plain sentence; no more is said than the interval holds. */
export function verdictText(verdict: Verdict, currency: string | null): string {
  const { subject, baseline, measure, outcome, value, baselineValue, instead } = verdict;
  if (value === null || baselineValue === null)
    return `${subject} against ${baseline}: nothing to measure the ${measure} by.`;
  const show = figureText(verdict.unit, currency);
  const figures = `${measure}: ${show(value)} against ${show(baselineValue)}`;
  const gained = gainText(verdict, currency);
  switch (outcome) {
    case 'better':
      return `${subject} beats ${baseline} by ${gained}; ${figures}.`;
    case 'worse':
      return `${subject} does not beat ${baseline}: it is worse by ${gained}; ${figures}. Instead: ${instead}.`;
    case 'no-difference':
      return `${subject} does not beat ${baseline}: no difference that these data can show, ${gained}; ${figures}. Instead: ${instead}.`;
    case 'unknown':
      return `${subject} against ${baseline}: nothing to measure the ${measure} by.`;
    default:
      return assertNever(outcome);
  }
}

/** The gain with its interval; of what is worse, how much worse. */
function gainText({ outcome, gain, low, high, unit }: Verdict, currency: string | null): string {
  if (gain === null || low === null || high === null) return 'with too few customers to tell';
  const show = gainFigure(unit, currency);
  if (outcome === 'worse') return `${show(-gain)} (95 %: ${show(-high)} to ${show(-low)})`;
  const interval = `(95 %: ${show(low)} to ${show(high)})`;
  return outcome === 'better' ? `${show(gain)} ${interval}` : `a gain of ${show(gain)} ${interval}`;
}

/** How a figure of that unit is written. */
export function figureText(unit: FigureUnit, currency: string | null): (value: number) => string {
  switch (unit) {
    case 'share':
      return percent;
    case 'chance':
    case 'orders':
      return (value) => signed(value.toFixed(3));
    case 'money':
      return (value) => signed(units(value, currency));
    default:
      return assertNever(unit);
  }
}

/** How a gain in that unit is written: of shares, points. */
export function gainFigure(unit: FigureUnit, currency: string | null): (value: number) => string {
  if (unit !== 'share') return figureText(unit, currency);
  return (value) => `${signed((100 * value).toFixed(1))} pt`;
}

/** `51.6 %`. */
export function percent(value: number): string {
  return `${signed((100 * value).toFixed(1))} %`;
}

/** A real minus sign; none before nothing. */
function signed(text: string): string {
  return /[1-9]/.test(text) ? text.replace('-', '−') : text.replace('-', '');
}
