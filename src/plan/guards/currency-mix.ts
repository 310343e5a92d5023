import { limitText, percent, percentBeside } from './figures.ts';
import type { Guard } from './guard.ts';

type ByCurrency = Readonly<Record<string, number>>;

/**
 * Too much of won revenue moved from some currencies to others: an amount field that is read in the
 * wrong currency looks so.
 */
export const currencyMix: Guard = ({ brake, now, before }) => {
  const limit = brake.currencyMix;
  if (limit === null || before === null || before.customers < brake.leastCustomers) return null;
  const shift = shifted(sharesOf(before.wonByCurrency), sharesOf(now.wonByCurrency));
  if (shift === null || shift.share <= limit) return null;
  const { currency, was, is } = shift.largest;
  return `${percentBeside(shift.share, limit)} of won revenue moved between currencies since the last run that wrote, ${currency} from ${percent(was)} to ${percent(is)}; ${limitText(limit)}.`;
};

type Shift = {
  readonly share: number;
  readonly largest: { readonly currency: string; readonly was: number; readonly is: number };
};

/** Half the sum of differences; `null` where either side has no revenue to speak of. */
function shifted(before: ByCurrency | null, now: ByCurrency | null): Shift | null {
  if (before === null || now === null) return null;
  const moves = [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .map((currency) => ({ currency, was: before[currency] ?? 0, is: now[currency] ?? 0 }))
    .toSorted((one, other) => Math.abs(other.is - other.was) - Math.abs(one.is - one.was));
  const [largest] = moves;
  if (largest === undefined) return null;
  const share = moves.reduce((sum, { was, is }) => sum + Math.abs(is - was), 0) / 2;
  // Sums of shares carry the noise of doubles, which must not put what is at the limit above it.
  return { share: Math.round(share * 1e9) / 1e9, largest };
}

/** Currencies in which refunds outweigh purchases have no share. */
function sharesOf(minorBy: ByCurrency): ByCurrency | null {
  const paid = Object.entries(minorBy).filter(([, minor]) => minor > 0);
  const whole = paid.reduce((sum, [, minor]) => sum + minor, 0);
  if (whole === 0) return null;
  return Object.fromEntries(paid.map(([currency, minor]) => [currency, minor / whole]));
}
