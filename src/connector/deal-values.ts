import type { DealProblem } from '../domain/deal.ts';
import { type Money, minorDigits, parseMoney } from '../domain/money.ts';

/** What a deal is worth, in its own currency and at home; what is missing is a problem by name. */
export type DealAmounts = {
  readonly amount: Money | null;
  readonly homeAmount: Money | null;
  readonly problems: readonly DealProblem[];
};

/** @param atHome the same at the CRM's rate for this deal; `null` without one. */
export function dealAmounts(
  written: string | null,
  code: string,
  atHome: (amount: Money) => Money | null,
): DealAmounts {
  const unusable = (problem: DealProblem): DealAmounts => {
    return { amount: null, homeAmount: null, problems: [problem] };
  };
  if (written === null) return unusable('amount-missing');
  if (!/^[A-Z]{3}$/.test(code)) return unusable('currency-unknown');
  const amount = parseMoney(written, code);
  if (amount === null) return unusable('amount-unreadable');
  const homeAmount = atHome(amount);
  return { amount, homeAmount, problems: homeAmount === null ? ['rate-unknown'] : [] };
}

/** @param rate units of `currency` for one of the amount's. `null` where it is too large to hold. */
export function converted(amount: Money, currency: string, rate: number): Money | null {
  const shift = 10 ** (minorDigits(currency) - minorDigits(amount.currency));
  const minor = Math.sign(amount.minor) * Math.round(Math.abs(amount.minor) * rate * shift);
  return Number.isSafeInteger(minor) ? { minor: minor === 0 ? 0 : minor, currency } : null;
}

/** In the deal's currency; one below zero is no discount. */
export function discountOf(written: string | null, amount: Money | null): Money | null {
  if (amount === null || written === null) return null;
  const discount = parseMoney(written, amount.currency);
  return discount === null || discount.minor < 0 ? null : discount;
}

/** Text with a semicolon between its values, as CRMs also write several choices. */
export function productsOf(written: string | null): readonly string[] | null {
  const named = (written ?? '').split(';').map((each) => each.trim());
  const products = [...new Set(named.filter((each) => each !== ''))].toSorted();
  return products.length === 0 ? null : products;
}
