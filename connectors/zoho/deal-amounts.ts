import { textOf } from '../../src/connector/customer-values.ts';
import { converted, type DealAmounts, dealAmounts } from '../../src/connector/deal-values.ts';
import type { Money } from '../../src/domain/money.ts';
import type { FlatValues } from './flat-record.ts';

/** `per-home`: units of the currency for one of home; `per-unit`: of home for one of the currency. */
export type RateDirection = 'per-home' | 'per-unit';

type Context = {
  readonly currency: string;
  readonly orgCurrency: string;
  readonly rates: ReadonlyMap<string, number>;
  readonly direction: RateDirection;
};

/** A deal's amount in the record's own currency, and what that is at home (facts §9). */
export function amountsOf(values: FlatValues, context: Context): DealAmounts {
  const code = (textOf(values, 'Currency') ?? context.orgCurrency).toUpperCase();
  return dealAmounts(textOf(values, 'Amount'), code, (amount) => atHome(amount, values, context));
}

// At the rate that the record kept when it was saved; today's only where it has none.
function atHome(amount: Money, values: FlatValues, context: Context): Money | null {
  const { currency, orgCurrency, rates, direction } = context;
  if (amount.currency === currency) return amount;
  const worth = (rate: number | null) => (rate === null ? null : inHome(rate, direction));
  const kept = readRate(textOf(values, 'Exchange_Rate'));
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
