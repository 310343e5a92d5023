/** What one unit was worth in US dollars in 2026, roughly: only which of two is larger, and by how much. */
const dollars: Readonly<Record<string, number>> = {
  ...{ USD: 1, EUR: 1.1, GBP: 1.3, CHF: 1.2, CAD: 0.72, AUD: 0.66, NZD: 0.6, SGD: 0.76 },
  ...{ CNY: 0.14, HKD: 0.128, TWD: 0.032, JPY: 0.0067, KRW: 0.00072, INR: 0.0118, PKR: 0.0036 },
  ...{ IDR: 0.000062, VND: 0.000039, THB: 0.03, MYR: 0.23, PHP: 0.0175, BDT: 0.0082, LKR: 0.0033 },
  ...{ SEK: 0.1, NOK: 0.096, DKK: 0.147, PLN: 0.26, CZK: 0.046, HUF: 0.0028, RON: 0.22 },
  ...{ TRY: 0.024, ILS: 0.29, AED: 0.272, SAR: 0.267, QAR: 0.275, KWD: 3.25, BHD: 2.65, OMR: 2.6 },
  ...{ ZAR: 0.056, KES: 0.0077, NGN: 0.00066, EGP: 0.02, MAD: 0.1, MXN: 0.053, BRL: 0.18 },
  ...{ CLP: 0.00105, COP: 0.00025, PEN: 0.27, RUB: 0.0115, UAH: 0.024, KZT: 0.0019 },
};

/** A rate of a currency, as the org or a deal gives it. */
export type Rated = { readonly currency: string; readonly rate: number };

export type Told = {
  /** `null`: nothing tells. */
  readonly direction: 'per-home' | 'per-unit' | null;
  /** Which rate told, in words. */
  readonly evidence: string;
};

/** Currencies nearer to each other than this cannot be told: rates move. */
const leastFactor = 2;

/**
 * Zoho says nowhere which way its rates point (facts §14), and the org's and the deals' point the same
 * way. But a yen is worth about a hundredth of a dollar, not a hundred of them: a currency whose worth
 * is far from home's tells the direction, if those that can tell agree.
 */
export function tellDirection(home: string, rates: readonly Rated[]): Told {
  const told = rates.flatMap((rated) => {
    const direction = directionOf(home, rated);
    return direction === null ? [] : [{ ...rated, direction }];
  });
  const [first] = told;
  if (first === undefined)
    return { direction: null, evidence: 'no currency is far enough from home' };
  const other = told.find(({ direction }) => direction !== first.direction);
  if (other !== undefined)
    return {
      direction: null,
      evidence: `${shown(first)} says ${first.direction}, ${shown(other)} says ${other.direction}`,
    };
  return { direction: first.direction, evidence: `the rate of ${shown(first)}, home is ${home}` };
}

function directionOf(home: string, { currency, rate }: Rated): 'per-home' | 'per-unit' | null {
  const [ofHome, ofUnit] = [dollars[home], dollars[currency]];
  if (ofHome === undefined || ofUnit === undefined || !(rate > 0)) return null;
  const perHome = Math.log(ofHome / ofUnit);
  if (Math.abs(perHome) < Math.log(leastFactor)) return null;
  const found = Math.log(rate);
  if (Math.abs(found - perHome) < Math.abs(perHome) / 2) return 'per-home';
  return Math.abs(found + perHome) < Math.abs(perHome) / 2 ? 'per-unit' : null;
}

function shown({ currency, rate }: Rated): string {
  return `${currency} ${rate}`;
}
