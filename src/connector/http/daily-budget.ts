import { AssayError } from '../../domain/assay-error.ts';
import { localDay } from '../../lib/local-day.ts';
import type { QuotaLedger } from '../connector.ts';
import type { QuotaBudget } from './quota-budget.ts';

/** Calls go to the ledger in steps: a write to the store for each call would cost more than the call. */
const flushStep = 100;

type DailyBudgetInput = {
  readonly ledger: QuotaLedger;
  /** The CRM's time, epoch ms. */
  readonly now: () => number;
};

type Terms = { readonly timeZone: string; readonly budget: number | null };

/** Our share of the account's calls of the day, over all runs of that day. */
export class DailyBudget implements QuotaBudget {
  readonly unit = 'calls';
  readonly #ledger: QuotaLedger;
  readonly #now: () => number;
  #terms: Terms | null = null;
  #day: string | null = null;
  #used = 0;
  #isWhole = false;
  #unsaved = 0;

  constructor({ ledger, now }: DailyBudgetInput) {
    this.#ledger = ledger;
    this.#now = now;
  }

  get budget(): number | null {
    return this.#terms?.budget ?? null;
  }

  get used(): number {
    return this.#used;
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Once the account is known: its day begins at its own midnight. Calls made before are counted in. */
  async open(terms: Terms): Promise<void> {
    const isFirst = this.#terms === null;
    this.#terms = terms;
    if (!isFirst) return;
    this.#day = localDay(this.#now(), terms.timeZone);
    this.#used += await this.#ledger.usedSince(this.#day);
    this.#isWhole = true;
  }

  /**
   * Counts a call that is about to be made.
   * @throws AssayError `QUOTA_SPENT` (end at checkpoint) when our share of the day is used up.
   */
  async spend(units: number): Promise<void> {
    await this.#turnDay();
    const budget = this.budget;
    if (budget !== null && this.#used >= budget) throw quotaSpent(this.#used, budget);
    this.#used += units;
    this.#unsaved += units;
    if (this.#unsaved >= flushStep) await this.flush();
  }

  /** Saves what is not saved yet. */
  async flush(): Promise<void> {
    if (this.#day === null || this.#unsaved === 0) return;
    const calls = this.#unsaved;
    this.#unsaved = 0;
    await this.#ledger.add(this.#day, calls);
  }

  async #turnDay(): Promise<void> {
    if (this.#terms === null) return;
    const today = localDay(this.#now(), this.#terms.timeZone);
    if (today === this.#day) return;
    await this.flush();
    this.#day = today;
    this.#used = 0;
  }
}

function quotaSpent(used: number, budget: number): AssayError {
  return new AssayError(
    'QUOTA_SPENT',
    'end-at-checkpoint',
    `Our share of today's calls is used up: ${used} of ${budget}`,
    'Nothing: the next run after midnight (account time) goes on from here. Raise dailyShare if other apps need less.',
  );
}
