import type { FamilyKey } from './classes.ts';
import type { RecordQuality } from './history.ts';
import type { RecordId } from './ids.ts';
import type { Money } from './money.ts';
import type {
  ClassResult,
  Eligibility,
  Fall,
  Held,
  OutOfScope,
  Points,
  Prediction,
  Prospect,
  ResultFacts,
  Stability,
  Standards,
  Standing,
  WayUp,
} from './result.ts';
import type { LocalDay } from './time.ts';

/** A purchase: a customer's won deals of one local day, merged. */
export type Purchase = {
  readonly on: LocalDay;
  /** Minor units of the home currency, this customer's share. */
  readonly minor: number;
  /** References (or ids) of the deals in it: the first ten as sorted. */
  readonly deals: readonly string[];
};

/** The raw facts about one customer that scores are made of. Days count to `asOf`. */
export type Signals = {
  readonly customerId: RecordId;
  readonly asOf: LocalDay;
  readonly currency: string;
  /** First day of the policy's window; it ends with `asOf`. */
  readonly windowFrom: LocalDay;
  /** Purchases ever, refunds not counted. */
  readonly orders: number;
  /** Purchases inside the policy's window. */
  readonly ordersInWindow: number;
  readonly firstOrderOn: LocalDay | null;
  readonly lastOrderOn: LocalDay | null;
  readonly daysSinceLastOrder: number | null;
  /** Net of refunds, in home minor units; inside the window, and ever. */
  readonly netInWindow: number;
  readonly netEver: number;
  /** What refunds took back, ever: not negative. */
  readonly refundedEver: number;
  readonly largestOrder: Purchase | null;
  /** Median days between purchases; `null` below two. */
  readonly medianGapDays: number | null;
  /** Median distance of the gaps from that median: 0 is even; `null` below three purchases. */
  readonly gapSpreadDays: number | null;
  /** Calendar months from the first order's to `asOf`'s, both counted; those of them with an order. */
  readonly monthsSinceFirst: number;
  readonly monthsWithOrder: number;
  /** Deals whose due date passed, those paid by it, and the sum of days overdue (to `asOf` if unpaid). */
  readonly duesKnown: number;
  readonly duesOnTime: number;
  readonly overdueDays: number;
  /** Customers this one referred, and those of them who bought; `null` when unknown. */
  readonly referrals: number | null;
  readonly referralsBought: number | null;
  readonly eventsInvited: number | null;
  readonly eventsAttended: number | null;
  /** Won deals that could not be counted, each under one cause (a `DealProblem`). */
  readonly problems: Readonly<Record<string, number>>;
};

/** One part of a score, in whole points, with the facts behind it. */
export type ReasonPart = {
  /** Stable code, for example `loyalty.repeat`. */
  readonly code: string;
  readonly points: number;
  /** The most this part could give. */
  readonly of: number;
  /** Values the text is made of: dates, amounts, counts. */
  readonly facts: ResultFacts;
};

/** A score from 0 to 100 whose parts add up to it exactly. */
export type ScoredValue = {
  /** Integer 0–100. */
  readonly score: number;
  /** Sum of `points` is `score`. */
  readonly parts: readonly ReasonPart[];
  /** Codes of parts for which nothing is known; their weight went to the others. */
  readonly unknown: readonly string[];
  /** Share of the policy's weight that rests on known facts, 0–1. */
  readonly confidence: number;
};

/** Each 1–5, 5 best. */
export type Rfm = {
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
};

/** One customer's result. `null` where there is nothing to score: no won deal, no tier. */
export type Score = {
  readonly customerId: RecordId;
  readonly asOf: LocalDay;
  /** Version of the policy that made it. */
  readonly policyVersion: string;
  /** Asked to be left out: everything below is empty, and so are our fields in the CRM. */
  readonly optedOut: boolean;
  /** Left out by the policy: everything below is empty likewise; absent or `null` for who is not. */
  readonly outOfScope?: OutOfScope | null;
  readonly signals: Signals;
  readonly rfm: Rfm | null;
  readonly value: ScoredValue | null;
  readonly loyalty: ScoredValue | null;
  /** `null` when no due date has passed: unknown, not bad. */
  readonly credit: ScoredValue | null;
  /** Key of the value tier, held still as the policy says. */
  readonly tier: string | null;
  /** Sub-grade inside the tier. */
  readonly grade: string | null;
  readonly standing: Standing | null;
  readonly held: Held | null;
  readonly wayUp: WayUp | null;
  readonly fall: Fall | null;
  /** By family key; a family that says nothing of this customer is missing. */
  readonly classes: Readonly<Partial<Record<FamilyKey, ClassResult>>>;
  /** Decayed purchases, 0–100; `null` without one. */
  readonly activity: number | null;
  readonly stability: Stability | null;
  readonly standards: Standards | null;
  readonly points: Points | null;
  readonly eligibility: Eligibility | null;
  readonly prediction: Prediction | null;
  readonly prospect: Prospect | null;
  /** When the next order may be expected from the customer's own rhythm. */
  readonly nextOrderOn: LocalDay | null;
  readonly quality: RecordQuality;
  /** Net amount inside the window. */
  readonly netAmount: Money;
  /**
   * The first day after `asOf` on which time alone may change anything above but the days counted in
   * `signals`; `null` when it never will.
   */
  readonly nextChangeOn: LocalDay | null;
};
