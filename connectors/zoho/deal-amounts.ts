import type { DealProblem } from '../../src/domain/deal.ts';
import { type Money, minorDigits, parseMoney } from '../../src/domain/money.ts';
import type { FlatValues } from './flat-record.ts';
import { text } from './mapping.ts';

/** `per-home`: units of the currency for one of home; `per-unit`: of home for one of the currency. */
export type RateDirection = 'per-home' | 'per-unit';

type Context = {
  readonly currency: string;
  readonly orgCurrency: string;
  readonly rates: ReadonlyMap<string, number>;
  readonly direction: RateDirection;
};

type Amounts = {
  readonly amount: Money | null;
  readonly homeAmount: Money | null;
  readonly problems: readonly DealProblem[];
};

/** A deal's amount in the record's own currency, and what that is at home (facts §9). */
export function amountsOf(values: FlatValues, context: Context): Amounts {
  const written = text(values, 'Amount');
  const code = (text(values, 'Currency') ?? context.orgCurrency).toUpperCase();
  const unusable = (problem: DealProblem): Amounts => {
    return { amount: null, homeAmount: null, problems: [problem] };
  };
  if (written === null) return unusable('amount-missing');
  if (!/^[A-Z]{3}$/.test(code)) return unusable('currency-unknown');
  const amount = parseMoney(written, code);
  if (amount === null) return unusable('amount-unreadable');
  const homeAmount = atHome(amount, values, context);
  return { amount, homeAmount, problems: homeAmount === null ? ['rate-unknown'] : [] };
}

// At the rate that the record kept when it was saved; today's only where it has none.
function atHome(amount: Money, values: FlatValues, context: Context): Money | null {
  const { currency, orgCurrency, rates, direction } = context;
  if (amount.currency === currency) return amount;
  const worth = (rate: number | null) => (rate === null ? null : inHome(rate, direction));
  const kept = readRate(text(values, 'Exchange_Rate'));
  const isOrg = amount.currency === orgCurrency;
  const inOrg = isOrg ? 1 : worth(kept ?? readRate(rates.get(amount.currency)));
  if (inOrg === null) return null;
  if (currency === orgCurrency) return converted(amount, currency, inOrg);
  const home = worth(readRate(rates.get(currency)));
  return home === null ? null : converted(amount, currency, inOrg / home);
}

function inHome(rate: number, direction: RateDirection): number {
  return direction === 'per-home' ? 1 / rate : rate;
}

function readRate(written: string | number | null | undefined): number | null {
  const rate = Number(written ?? Number.NaN);
  return Number.isFinite(rate) && rate > 0 ? rate : null;
}

function converted(amount: Money, currency: string, worth: number): Money | null {
  const shift = 10 ** (minorDigits(currency) - minorDigits(amount.currency));
  const minor = Math.sign(amount.minor) * Math.round(Math.abs(amount.minor) * worth * shift);
  return Number.isSafeInteger(minor) ? { minor: minor === 0 ? 0 : minor, currency } : null;
}
