import type { QuotaLedger } from '../../src/connector/connector.ts';
import { RollingBudget } from '../../src/connector/http/rolling-budget.ts';

type CreditShareInput = {
  readonly ledger: QuotaLedger;
  /** The CRM's time, epoch ms. */
  readonly now: () => number;
  /** Of the org's credits that are ours. */
  readonly share: number;
};

/** Of the others' share, so much is left alone even when they have used up all of it. */
const reservePart = 0.1;

/** Our share of the org's credits of any 24 hours, and what Zoho says is left of them (facts §8). */
export class CreditShare {
  readonly budget: RollingBudget;
  readonly #share: number;
  #daily: number | null = null;
  #remaining: number | null = null;
  /** Of calls that are on their way. */
  #pending = 0;

  constructor({ ledger, now, share }: CreditShareInput) {
    this.budget = new RollingBudget({ ledger, now });
    this.#share = share;
  }

  /** The org's credits of 24 hours; `null` before it has said its edition. */
  get daily(): number | null {
    return this.#daily;
  }

  /** As Zoho told last; it tells only once half of them are used (facts §8). */
  get remaining(): number | null {
    return this.#remaining;
  }

  /** Once the org is known. */
  async open(daily: number): Promise<void> {
    this.#daily = daily;
    await this.budget.open({ budget: Math.floor(daily * this.#share) });
    if (this.#remaining !== null) this.#leave(this.#remaining);
  }

  /** Takes in the header `X-API-CREDITS-REMAINING`. */
  note(header: string | null): void {
    if (header === null || !/^\d{1,15}$/.test(header.trim())) return;
    this.#remaining = Number(header);
    this.#leave(this.#remaining);
  }

  /** A call is on its way: what Zoho says before the returned function is called may not count it. */
  begin(credits: number): () => void {
    this.#pending += credits;
    return () => {
      this.#pending -= credits;
    };
  }

  // What others have not used of their share is theirs, whatever we have left of ours.
  #leave(remaining: number): void {
    const daily = this.#daily ?? remaining;
    const theirs = daily - Math.floor(daily * this.#share);
    const usedByThem = Math.max(0, daily - remaining - this.budget.used);
    const keep = Math.max(theirs - usedByThem, Math.floor(theirs * reservePart));
    this.budget.noteRemaining(remaining - this.#pending, keep);
  }
}
