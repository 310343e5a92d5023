import type { ScoredValue, Signals } from '../../domain/score.ts';
import type { Policy } from '../../policy/schema.ts';
import { loyaltyScoreOf } from '../loyalty.ts';
import { valueScoreOf } from '../value.ts';
import { NONE } from './none.ts';

const SCORES = 101;
const UNREAD = -2;

/**
 * The value score of customers of whom nothing but orders is known. It depends on the step of the net
 * amount and on the loyalty score alone, so each of those cells is scored once, by `valueScoreOf`.
 */
export class ValueCells {
  readonly #spend: Float64Array;
  readonly #known: Int8Array;
  readonly #score: (netMinor: number, loyalty: number) => number;
  /** Share of the policy's weight that rests on known facts, 0–1: the same for everybody. */
  readonly confidence: number;

  constructor(policy: Policy, spend: readonly number[]) {
    this.#spend = Float64Array.from(spend);
    this.#known = new Int8Array((spend.length + 2) * (SCORES + 1)).fill(UNREAD);
    const loyalty = loyaltyScoreOf(oneOrder, policy);
    const scored = (netInWindow: number, score: number): ScoredValue | null => {
      const parts = { loyalty: loyalty === null ? null : { ...loyalty, score }, credit: null };
      return valueScoreOf({ ...oneOrder, netInWindow }, parts, { spend }, policy);
    };
    this.#score = (netMinor, score) => scored(netMinor, score)?.score ?? NONE;
    this.confidence = scored(0, 0)?.confidence ?? 0;
  }

  /** 0–100, or `NONE`. */
  score(netMinor: number, loyalty: number): number {
    const cell = this.#step(netMinor) * (SCORES + 1) + loyalty + 1;
    const known = this.#known[cell] ?? UNREAD;
    if (known !== UNREAD) return known;
    const score = this.#score(netMinor, loyalty);
    this.#known[cell] = score;
    return score;
  }

  /** 0 where nothing was spent, then one more than the thresholds reached. */
  #step(netMinor: number): number {
    if (netMinor <= 0) return 0;
    const spend = this.#spend;
    let [low, high] = [0, spend.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((spend[middle] ?? 0) <= netMinor) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  }
}

/** Somebody who has ordered once today; of anything else nothing is known. */
const oneOrder: Signals = {
  customerId: '',
  asOf: '1970-01-01',
  currency: '',
  windowFrom: '1970-01-01',
  orders: 1,
  ordersInWindow: 1,
  firstOrderOn: '1970-01-01',
  lastOrderOn: '1970-01-01',
  daysSinceLastOrder: 0,
  netInWindow: 0,
  netEver: 0,
  refundedEver: 0,
  largestOrder: null,
  medianGapDays: null,
  gapSpreadDays: null,
  monthsSinceFirst: 1,
  monthsWithOrder: 1,
  duesKnown: 0,
  duesOnTime: 0,
  overdueDays: 0,
  referrals: null,
  referralsBought: null,
  eventsInvited: null,
  eventsAttended: null,
  problems: {},
};
