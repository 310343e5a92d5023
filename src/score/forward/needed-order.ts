import { minorDigits } from '../../domain/money.ts';
import { NEVER } from '../customer-day.ts';
import type { PathDay, ValuePath } from './value-path.ts';

/** What an order has to reach. */
type Aim = {
  /** Value score from which the tier begins. */
  readonly from: number;
  /** Net amounts at which the next step of spend points begins. */
  readonly spend: readonly number[];
  readonly currency: string;
};

/**
 * Finds the least order that reaches a value score on a day. Spend counts in steps, so only the
 * amounts that reach one are tried; more than the highest step asks for is not.
 */
export class NeededOrder {
  readonly #path: ValuePath;
  readonly #aim: Aim;
  /** Least whole unit of the currency in minor ones. */
  readonly #unit: number;
  /** Net amount to be reached, by loyalty and credit: few of them occur. */
  readonly #nets = new Map<number, number>();
  #last = NEVER;

  constructor(path: ValuePath, aim: Aim) {
    this.#path = path;
    this.#aim = aim;
    this.#unit = 10 ** minorDigits(aim.currency);
  }

  /** Minor units, rounded up to whole units of the currency; infinite where no order is enough. */
  on(day: PathDay): number {
    const isFixed = day.credit < 0 || day.refundedEver <= 0;
    if (!isFixed) return this.#search(day);
    const net = this.#netFor(day);
    return net === NEVER ? NEVER : this.#whole(net - day.netInWindow);
  }

  #netFor(day: PathDay): number {
    const key = 1_000 * (day.loyalty + 1) + day.credit + 1;
    const known = this.#nets.get(key);
    if (known !== undefined) return known;
    const found =
      this.#steps().find((net) => this.#reaches({ ...day, netInWindow: 0 }, net)) ?? NEVER;
    this.#nets.set(key, found);
    return found;
  }

  /** The least net amount of each step of spend points. */
  #steps(): readonly number[] {
    return [1, ...this.#aim.spend.filter((threshold) => threshold > 1)];
  }

  /** Credit rises with the amount too, so that the steps alone do not tell. */
  #search(day: PathDay): number {
    if (this.#isLeast(day, this.#last)) return this.#last;
    this.#last = this.#halve(day);
    return this.#last;
  }

  /** Most days need what the day before did. */
  #isLeast(day: PathDay, minor: number): boolean {
    if (minor === NEVER) return false;
    const less = minor - this.#unit;
    return this.#reaches(day, minor) && (less === 0 || !this.#reaches(day, less));
  }

  #halve(day: PathDay): number {
    let high = this.#whole((this.#aim.spend.at(-1) ?? 1) - day.netInWindow) / this.#unit;
    if (!this.#reaches(day, high * this.#unit)) return NEVER;
    let low = 0;
    while (high - low > 1) {
      const half = low + Math.floor((high - low) / 2);
      if (this.#reaches(day, half * this.#unit)) high = half;
      else low = half;
    }
    return high * this.#unit;
  }

  #reaches(day: PathDay, minor: number): boolean {
    return this.#path.scoreOf(day, minor) >= this.#aim.from;
  }

  #whole(minor: number): number {
    return Math.max(1, Math.ceil(minor / this.#unit)) * this.#unit;
  }
}
