import type { Sale } from '../../domain/history.ts';
import { monthOf, windowExit } from '../forward/calendar.ts';
import type { Bonus } from './activation.ts';
import { refundedReference } from './reference.ts';
import { type PointsRules, pointsFor } from './rules.ts';

/** The points of one deal, or a bonus. */
export type Lot = {
  /** The deal's; `null` for a bonus. */
  readonly reference: string | null;
  readonly earnedDay: number;
  /** The first day on which they are gone. */
  readonly expiresDay: number;
  /** As earned. */
  readonly points: number;
  /** Of them, what is neither gone, undone nor redeemed. */
  readonly left: number;
};

type OpenLot = { -readonly [K in keyof Lot]: Lot[K] } & {
  readonly factor: number;
  /** What refunds have left of the deal's amount, home minor units. */
  net: number;
};

/** Lots as they are earned, undone, redeemed and lapse; days only go forward. */
export class LotBook {
  readonly #rules: PointsRules;
  readonly #birthMonth: number | null;
  readonly #lots: OpenLot[] = [];
  /** So many lots are in the two below: most customers have no refund to look them up for. */
  #indexed = 0;
  /** Lots whose amount a refund may still take from, newest last: all, and by reference. */
  readonly #refundable: OpenLot[] = [];
  readonly #byReference = new Map<string, OpenLot[]>();
  /** Lots before it have lapsed or are empty. */
  #head = 0;
  #earned = 0;
  #expired = 0;
  #undone = 0;
  #redeemed = 0;

  constructor(rules: PointsRules, birthMonth: number | null) {
    this.#rules = rules;
    this.#birthMonth = birthMonth;
  }

  get lots(): readonly Lot[] {
    return this.#lots;
  }

  get totals() {
    const [earned, expired, undone] = [this.#earned, this.#expired, this.#undone];
    const redeemed = this.#redeemed;
    return { earned, expired, undone, redeemed, balance: earned - expired - undone - redeemed };
  }

  expireUpTo(day: number): void {
    for (;;) {
      const lot = this.#lots[this.#head];
      if (lot === undefined || lot.expiresDay > day) return;
      this.#expired += lot.left;
      lot.left = 0;
      this.#head += 1;
    }
  }

  earn({ day, minor, reference }: Sale): void {
    const { birthdayFactor } = this.#rules;
    const isBirthMonth = (monthOf(day) % 12) + 1 === this.#birthMonth;
    const factor = isBirthMonth ? birthdayFactor : 1;
    const points = pointsFor(minor, this.#rules) * factor;
    this.#open({ reference, earnedDay: day, points, factor, net: minor });
  }

  /** Points that no deal earned: no refund undoes them, and no birthday doubles them. */
  grant({ day, points }: Bonus): void {
    this.#open({ reference: null, earnedDay: day, points, factor: 1, net: 0 });
  }

  /** Takes a refund's amount from its own lot, and what that cannot bear from the newest ones. */
  undo({ minor, reference }: Sale): void {
    this.#index();
    const named = refundedReference(reference);
    const own = this.#byReference.get(reference) ?? [];
    const original = named === null ? [] : (this.#byReference.get(named) ?? []);
    let rest = -minor;
    for (const lots of [own, original, this.#refundable]) rest = this.#take(lots, rest);
  }

  /** Oldest first; never more than there are. */
  redeem(points: number): void {
    let rest = points;
    let at = this.#head;
    for (let lot = this.#lots[at]; lot !== undefined && rest > 0; lot = this.#lots[at]) {
      const used = Math.min(lot.left, rest);
      lot.left -= used;
      this.#redeemed += used;
      rest -= used;
      at += 1;
    }
  }

  #open(lot: Omit<OpenLot, 'expiresDay' | 'left'>): void {
    const expiresDay = windowExit(lot.earnedDay, this.#rules.monthsValid);
    this.#earned += lot.points;
    this.#lots.push({ ...lot, expiresDay, left: lot.points });
  }

  #index(): void {
    for (const lot of this.#lots.slice(this.#indexed)) {
      if (lot.reference === null) continue;
      this.#refundable.push(lot);
      const others = this.#byReference.get(lot.reference);
      if (others === undefined) this.#byReference.set(lot.reference, [lot]);
      else others.push(lot);
    }
    this.#indexed = this.#lots.length;
  }

  /** Newest first; gives back what they could not bear. */
  #take(lots: OpenLot[], amount: number): number {
    let rest = amount;
    for (let lot = lots.at(-1); rest > 0 && lot !== undefined; lot = lots.at(-1)) {
      const taken = Math.min(lot.net, rest);
      this.#lower(lot, lot.net - taken);
      rest -= taken;
      if (lot.net === 0) lots.pop();
    }
    return rest;
  }

  /** Points are those of the amount that remains; what is lapsed or redeemed is not undone. */
  #lower(lot: OpenLot, net: number): void {
    const lost = (pointsFor(lot.net, this.#rules) - pointsFor(net, this.#rules)) * lot.factor;
    const undone = Math.min(lot.left, lost);
    lot.net = net;
    lot.left -= undone;
    this.#undone += undone;
  }
}
