import { type CustomerHistory, type RecordProblem, recordProblems } from '../../domain/history.ts';
import type { Policy } from '../../policy/schema.ts';

/** Won revenue of the store, home minor units, and what of it reaches no customer, by cause. */
export type WonRevenue = {
  readonly wonMinor: number;
  readonly unattributed: Readonly<
    Record<string, { readonly deals: number; readonly minor: number }>
  >;
};

/** Deals of one cause that reach no customer. */
export type Unattributed = {
  readonly deals: number;
  readonly minor: number;
  /** Of won revenue, 0–1; `null` when there is none. */
  readonly share: number | null;
};

/** How far the data of a base can be relied on [H1, G2]. */
export type BaseQualityReport = {
  readonly customers: number;
  /** Who asked to be left out: nothing is known of them, and they are not counted in anything else. */
  readonly optedOut: number;
  /** Customers with every required field filled; with a problem of the record of any kind. */
  readonly complete: number;
  readonly withProblems: number;
  /** Mean completeness of the records, 0–1; `null` for an empty base. */
  readonly completeness: number | null;
  /** Customers by what is wrong with their record; kinds that nobody has are missing. */
  readonly recordProblems: Readonly<Partial<Record<RecordProblem, number>>>;
  /** Won deals that could not be counted, by cause; a deal of several customers counts for each. */
  readonly dealProblems: Readonly<Record<string, number>>;
  /** Customers with a deal that counts; the others can be given no tier. */
  readonly scoreable: number;
  /** Their deals in the birthday's month earn as in any other. */
  readonly birthdaysUnknown: number;
  readonly unattributed: Readonly<Record<string, Unattributed>>;
  readonly unattributedShare: number | null;
  readonly gate: {
    /** The completeness that the policy asks for, 0–1. */
    readonly needed: number;
    /** `null` for an empty base. */
    readonly passed: boolean | null;
  };
};

/** Sums of a base's data quality, taken in one customer at a time: its size does not matter. */
export class BaseQuality {
  readonly #gate: number;
  readonly #today: number;
  #customers = 0;
  #optedOut = 0;
  #complete = 0;
  #completeness = 0;
  #withProblems = 0;
  #scoreable = 0;
  #birthdaysUnknown = 0;
  readonly #records = new Map<RecordProblem, number>();
  readonly #deals = new Map<string, number>();

  /** Sales after `today` have not happened yet: a problem of the day's. */
  constructor({ quality }: Pick<Policy, 'quality'>, today: number) {
    this.#gate = quality.gate;
    this.#today = today;
  }

  add({ quality, sales, problems, birthMonth, optedOut }: CustomerHistory): void {
    if (optedOut) {
      this.#optedOut += 1;
      return;
    }
    this.#customers += 1;
    this.#completeness += quality.completeness;
    if (quality.completeness === 100) this.#complete += 1;
    if (quality.problems.length > 0) this.#withProblems += 1;
    if (birthMonth === null) this.#birthdaysUnknown += 1;
    for (const problem of quality.problems) count(this.#records, problem, 1);
    for (const [cause, deals] of Object.entries(problems)) count(this.#deals, cause, deals);
    this.#addSales(sales);
  }

  build({ wonMinor, unattributed }: WonRevenue): BaseQualityReport {
    const lost = Object.entries(unattributed);
    const lostMinor = lost.reduce((sum, [, { minor }]) => sum + minor, 0);
    const completeness =
      this.#customers === 0 ? null : this.#completeness / (100 * this.#customers);
    return {
      customers: this.#customers,
      optedOut: this.#optedOut,
      complete: this.#complete,
      withProblems: this.#withProblems,
      completeness,
      recordProblems: Object.fromEntries(
        recordProblems.flatMap((problem) => {
          const customers = this.#records.get(problem);
          return customers === undefined ? [] : [[problem, customers]];
        }),
      ),
      dealProblems: Object.fromEntries([...this.#deals].toSorted(byName)),
      scoreable: this.#scoreable,
      birthdaysUnknown: this.#birthdaysUnknown,
      unattributed: Object.fromEntries(
        lost.map(([cause, { deals, minor }]) => [
          cause,
          { deals, minor, share: shareOf(minor, wonMinor) },
        ]),
      ),
      unattributedShare: shareOf(lostMinor, wonMinor),
      gate: {
        needed: this.#gate,
        passed: completeness === null ? null : completeness >= this.#gate,
      },
    };
  }

  #addSales(sales: CustomerHistory['sales']): void {
    let future = 0;
    for (const { day } of sales) if (day > this.#today) future += 1;
    if (future < sales.length) this.#scoreable += 1;
    if (future > 0) count(this.#deals, 'date-in-future', future);
  }
}

function count<K>(counts: Map<K, number>, key: K, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function byName([left]: readonly [string, number], [right]: readonly [string, number]): number {
  return left < right ? -1 : 1;
}

/** Refunds can make either negative: then there is no share to speak of. */
function shareOf(minor: number, wonMinor: number): number | null {
  return wonMinor <= 0 ? null : Math.min(1, Math.max(0, minor / wonMinor));
}
