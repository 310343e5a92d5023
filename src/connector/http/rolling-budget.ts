import { AssayError } from '../../domain/assay-error.ts';
import type { QuotaLedger } from '../connector.ts';
import type { QuotaBudget } from './quota-budget.ts';

const hourMs = 3_600_000;
const windowHours = 24;
/** What is spent goes to the ledger in steps: a write to the store for each call would cost more. */
const flushStep = 100;

type RollingBudgetInput = {
  readonly ledger: QuotaLedger;
  /** The CRM's time, epoch ms. */
  readonly now: () => number;
};

/**
 * Our share of what the account may use in any 24 hours. What we spent is kept by the hour and counts
 * until its whole hour is a day old: never too little, for at most an hour too much.
 */
export class RollingBudget implements QuotaBudget {
  readonly unit = 'credits';
  readonly #ledger: QuotaLedger;
  readonly #now: () => number;
  readonly #hours = new Map<number, number>();
  /** Of earlier runs and other processes, at the moment it was read. */
  #before = new Map<number, number>();
  #budget: number | null = null;
  #isOpen = false;
  #isWhole = false;
  #unsaved = new Map<number, number>();
  #floor: { readonly keep: number; readonly remaining: number } | null = null;

  constructor({ ledger, now }: RollingBudgetInput) {
    this.#ledger = ledger;
    this.#now = now;
  }

  get budget(): number | null {
    return this.#budget;
  }

  get used(): number {
    const oldest = this.#hour() - windowHours;
    return sumSince(this.#before, oldest) + sumSince(this.#hours, oldest);
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Once the account is known. What was spent before is counted in. */
  async open({ budget }: { readonly budget: number | null }): Promise<void> {
    this.#budget = budget;
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#before = await this.#read();
    this.#isWhole = true;
  }

  /**
   * What the CRM says is left for everybody in its window. `keep` of it is not ours: below that,
   * nothing more is spent until it says otherwise.
   */
  noteRemaining(remaining: number, keep: number): void {
    this.#floor = { remaining, keep };
  }

  async spend(units: number): Promise<void> {
    const { budget, used } = this;
    if (budget !== null && used >= budget) throw spent(`${used} of ${budget}`);
    const floor = this.#floor;
    if (floor !== null && floor.remaining - units < floor.keep)
      throw spent(`the account has ${floor.remaining} left, of which ${floor.keep} are not ours`);
    if (floor !== null) this.#floor = { ...floor, remaining: floor.remaining - units };
    const hour = this.#hour();
    add(this.#hours, hour, units);
    add(this.#unsaved, hour, units);
    if (sumSince(this.#unsaved, 0) >= flushStep) await this.flush();
  }

  async flush(): Promise<void> {
    if (!this.#isOpen) return;
    const unsaved = this.#unsaved;
    this.#unsaved = new Map();
    for (const [hour, units] of unsaved) await this.#ledger.add(stretch(hour), units);
  }

  /** By the hour: what one hour used is the difference of two sums. */
  async #read(): Promise<Map<number, number>> {
    const [now, found] = [this.#hour(), new Map<number, number>()];
    let later = 0;
    for (let hour = now; hour >= now - windowHours; hour -= 1) {
      const since = await this.#ledger.usedSince(stretch(hour));
      if (since > later) found.set(hour, since - later);
      later = since;
    }
    return found;
  }

  #hour(): number {
    return Math.floor(this.#now() / hourMs);
  }
}

/** `2026-11-22T07`, in UTC. */
function stretch(hour: number): string {
  return new Date(hour * hourMs).toISOString().slice(0, 13);
}

function add(to: Map<number, number>, hour: number, units: number): void {
  to.set(hour, (to.get(hour) ?? 0) + units);
}

function sumSince(hours: ReadonlyMap<number, number>, oldest: number): number {
  let sum = 0;
  for (const [hour, units] of hours) if (hour >= oldest) sum += units;
  return sum;
}

function spent(what: string): AssayError {
  return new AssayError(
    'QUOTA_SPENT',
    'end-at-checkpoint',
    `Our share of the quota of 24 hours is used up: ${what}`,
    'Nothing: what was used comes back a day after it was used, and the next run goes on from here. Raise creditShare if other apps need less.',
  );
}
