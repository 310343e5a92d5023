import { refundShare } from '../credit.ts';
import type { ScoreFrame } from '../customer-day.ts';
import { duesOf } from '../dues.ts';
import type { Gaps } from '../gaps.ts';
import { participationShare, referralShare } from '../loyalty.ts';
import { repeatShare } from '../repeat.ts';
import { spendShare } from '../spend.ts';
import type { Timeline } from '../timeline.ts';
import { monthOf, windowStart } from './calendar.ts';
import { GapSet } from './gap-set.ts';
import { PointSum, UNKNOWN } from './point-sum.ts';

/** A day as far as the value score hangs on it, before the amount of an order placed on it. */
export type PathDay = {
  readonly day: number;
  /** 0–100 or `UNKNOWN`. */
  readonly loyalty: number;
  readonly credit: number;
  /** Home minor units. */
  readonly netInWindow: number;
  readonly netEver: number;
  readonly refundedEver: number;
};

/**
 * The value score on any day of a customer's time, with or without one more order on that day: what
 * `basicScoreOf` gives on a timeline that holds it, in a fraction of the time and without reasons.
 */
export class ValuePath {
  readonly #timeline: Timeline;
  readonly #frame: ScoreFrame;
  readonly #value: PointSum;
  readonly #loyalty: PointSum;
  readonly #credit: PointSum;
  /** Referrals and participation, which no order changes. */
  readonly #given: readonly [number, number];
  readonly #loyaltySure: number;
  readonly #gaps = new Map<number, GapSet>();

  constructor(timeline: Timeline, frame: ScoreFrame) {
    const { value, loyalty, credit } = frame.policy;
    this.#timeline = timeline;
    this.#frame = frame;
    this.#value = new PointSum([value.weights.spend, value.weights.loyalty, value.weights.credit]);
    this.#loyalty = new PointSum([
      loyalty.weights.repeat,
      loyalty.weights.referral,
      loyalty.weights.participation,
    ]);
    this.#credit = new PointSum([
      credit.weights.onTime,
      credit.weights.overdue,
      credit.weights.refunds,
    ]);
    this.#given = [
      referralShare(timeline.history, frame.policy) ?? UNKNOWN,
      participationShare(timeline.history) ?? UNKNOWN,
    ];
    this.#loyaltySure = this.#loyalty.confidence([1, ...this.#given], [1, 1, 1]);
  }

  /** The day if nothing happens; `null` before the first order. */
  quiet(day: number): PathDay | null {
    const orders = this.#timeline.ordersUpTo(day);
    if (orders === 0) return null;
    return this.#day(day, this.#loyaltyOf(day, orders, this.#timeline.gapsOf(orders)));
  }

  /** The day with one more order on it. */
  placed(day: number): PathDay {
    const orders = this.#timeline.ordersUpTo(day);
    const last = this.#timeline.days[orders - 1];
    if (last === day || last === undefined) {
      const gaps = this.#timeline.gapsOf(orders);
      return this.#day(day, this.#loyaltyOf(day, orders, gaps));
    }
    return this.#day(
      day,
      this.#loyaltyOf(day, orders, this.#gapsOf(orders).with(day - last), true),
    );
  }

  /** The score with an order of `minor` on the day: 0–100, or `UNKNOWN` where no tier can be given. */
  scoreOf(on: PathDay, minor: number): number {
    const shares = [
      spendShare(on.netInWindow + minor, this.#frame.cuts.spend),
      share(on.loyalty),
      share(this.creditOf(on, minor)),
    ];
    const sure = [1, this.#loyaltySure, 1];
    const { minimumConfidence } = this.#frame.policy.value;
    if (this.#value.confidence(shares, sure) < minimumConfidence) return UNKNOWN;
    return this.#value.score(shares);
  }

  /** More bought makes what was refunded less of it. */
  creditOf(on: PathDay, minor: number): number {
    if (on.credit === UNKNOWN || on.refundedEver <= 0 || minor === 0) return on.credit;
    return this.#creditOn(on.day, on.netEver + minor, on.refundedEver);
  }

  #day(day: number, loyalty: number): PathDay {
    const timeline = this.#timeline;
    const netEver = timeline.netUpTo(day);
    const refundedEver = timeline.refundedUpTo(day);
    const from = windowStart(day, this.#frame.policy.windowMonths);
    return {
      day,
      loyalty,
      credit: this.#creditOn(day, netEver, refundedEver),
      netInWindow: netEver - timeline.netUpTo(from - 1),
      netEver,
      refundedEver,
    };
  }

  #loyaltyOf(day: number, orders: number, gaps: Gaps, isNew = false): number {
    const { days, months } = this.#timeline;
    const last = days[orders - 1] ?? day;
    const monthNow = monthOf(day);
    const inNewMonth = isNew && monthOf(last) !== monthNow;
    const repeat = repeatShare(
      {
        daysSinceLastOrder: isNew ? 0 : day - last,
        monthsSinceFirst: monthNow - monthOf(orders === 0 ? day : (days[0] ?? day)) + 1,
        monthsWithOrder: orders === 0 ? 1 : (months[orders - 1] ?? 0) + (inNewMonth ? 1 : 0),
        ...gaps,
      },
      this.#frame.policy,
    );
    return this.#loyalty.score([repeat ?? UNKNOWN, ...this.#given]);
  }

  #creditOn(day: number, netEver: number, refundedEver: number): number {
    const { policy, cuts } = this.#frame;
    if (!cuts.coverage.dues || this.#timeline.dues.length === 0) return UNKNOWN;
    const { duesKnown, duesOnTime, overdueDays } = duesOf(this.#timeline.dues, day);
    if (duesKnown === 0) return UNKNOWN;
    return this.#credit.score([
      duesOnTime / duesKnown,
      1 - Math.min(1, overdueDays / duesKnown / policy.credit.overdueDaysLimit),
      1 - refundShare({ netEver, refundedEver }),
    ]);
  }

  #gapsOf(orders: number): GapSet {
    const known = this.#gaps.get(orders);
    if (known !== undefined) return known;
    const { days } = this.#timeline;
    const found = new GapSet(orders === days.length ? days : days.slice(0, orders));
    this.#gaps.set(orders, found);
    return found;
  }
}

function share(score: number): number {
  return score === UNKNOWN ? UNKNOWN : score / 100;
}
