import { ZohoError } from './errors.ts';
import type { IdSequence } from './id-sequence.ts';
import type { OrgOptions } from './org-options.ts';

/** One currency of an org. */
export interface Currency {
  readonly id: string;
  /** ISO 4217. */
  readonly iso: string;
  readonly name: string;
  /** Units of it for one unit of the home currency (facts §9). */
  readonly rate: number;
  readonly isHome: boolean;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/**
 * The home currency and, where the edition has them, others. Only the rate of today is kept: what a
 * record was saved with stands in the record (facts §9).
 */
export class Currencies {
  /** Whether records carry Currency and Exchange_Rate. It cannot be switched off again (facts §9). */
  readonly isMulti: boolean;
  readonly #ids: IdSequence;
  readonly #clock: () => number;
  readonly #home: string;
  readonly #byIso = new Map<string, Currency>();

  constructor(ids: IdSequence, options: OrgOptions) {
    this.#ids = ids;
    this.#clock = options.clock;
    this.#home = options.homeCurrency;
    this.isMulti = options.multiCurrency ?? ['enterprise', 'ultimate'].includes(options.edition);
    this.#save(options.homeCurrency, 1);
  }

  get home(): Currency {
    return this.#byIso.get(this.#home) ?? this.#save(this.#home, 1);
  }

  all(): readonly Currency[] {
    return [...this.#byIso.values()];
  }

  byId(id: string): Currency | undefined {
    return this.all().find((currency) => currency.id === id);
  }

  /** Units of it for one unit of the home currency; nothing for one the org does not have. */
  rateAt(iso: string): number | undefined {
    return this.#byIso.get(iso)?.rate;
  }

  /** A further currency, or a new rate of one; the home currency stays at 1. */
  add(iso: string, rate: number): Currency {
    if (!this.isMulti)
      throw new ZohoError(400, 'FEATURE_NOT_ENABLED', 'multi currency is not enabled');
    return this.#save(iso, iso === this.#home ? 1 : rate);
  }

  #save(iso: string, rate: number): Currency {
    const id = this.#byIso.get(iso)?.id ?? this.#ids.take();
    const name = new Intl.DisplayNames('en', { type: 'currency' }).of(iso) ?? iso;
    const isHome = iso === this.#home;
    const currency = { id, iso, name, rate, isHome, modifiedAt: this.#clock() };
    this.#byIso.set(iso, currency);
    return currency;
  }
}
