/** One unit of `from` is worth `rate` units of the company currency from `effectiveAt` on. */
export interface ExchangeRate {
  readonly id: string;
  readonly fromCurrencyCode: string;
  readonly toCurrencyCode: string;
  readonly conversionRate: number;
  readonly effectiveAt: number;
}

/** The account's own currency, the others it deals in, and what those were worth when. */
export class Currencies {
  readonly companyCurrency: string;
  readonly #rates = new Map<string, ExchangeRate[]>();

  constructor(companyCurrency: string) {
    this.companyCurrency = companyCurrency;
  }

  /** Every code a deal of this account may carry. */
  codes(): ReadonlySet<string> {
    return new Set([this.companyCurrency, ...this.#rates.keys()]);
  }

  /** The codes besides the company's own. */
  additional(): readonly string[] {
    return [...this.#rates.keys()];
  }

  /** Adds a currency, or a newer rate of one. */
  setRate(code: string, conversionRate: number, effectiveAt = 0): void {
    const rates = this.#rates.get(code) ?? [];
    const rate = {
      id: `${code}-${effectiveAt}`,
      fromCurrencyCode: code,
      toCurrencyCode: this.companyCurrency,
      conversionRate,
      effectiveAt,
    };
    const others = rates.filter((each) => each.effectiveAt !== effectiveAt);
    const sorted = [...others, rate].toSorted((a, b) => a.effectiveAt - b.effectiveAt);
    this.#rates.set(code, sorted);
  }

  /**
   * The rate effective at `time` (epoch ms): the last one that began by then, else the nearest, that
   * is the first (README 21). Nothing for a currency the account does not have.
   */
  rateAt(code: string, time: number): number | undefined {
    if (code === this.companyCurrency) return 1;
    const rates = this.#rates.get(code) ?? [];
    const begun = rates.findLast((rate) => rate.effectiveAt <= time);
    return (begun ?? rates[0])?.conversionRate;
  }

  /** The rate in force for each additional currency. */
  current(time: number): readonly ExchangeRate[] {
    return [...this.#rates.values()].flatMap(
      (rates) => rates.findLast((rate) => rate.effectiveAt <= time) ?? rates.slice(0, 1),
    );
  }

  /** Every rate there ever was, oldest first in each currency. */
  history(): readonly ExchangeRate[] {
    return [...this.#rates.values()].flat();
  }
}
