import type { DealProblem } from '../../domain/deal.ts';
import type { RecordProblem } from '../../domain/history.ts';
import type { Held, OutOfScope, Standards } from '../../domain/result.ts';
import type { Language } from '../../policy/language.ts';

/** What a text is made of; a text that asks for a fact that is missing is not used. */
export type FactReader = {
  /** A fact as text. */
  fact(name: string): string;
  /** A fact as a number, for the choice between one and many. */
  count(name: string): number;
  /** A fact of minor units as an amount. */
  amount(name: string): string;
  /** For a fact that may be missing. */
  has(name: string): boolean;
  /** All facts, whatever their names. */
  each(write: (name: string, value: string) => string): readonly string[];
};

/** A text for each code; an unknown code has a general one. */
export type FactTexts = Readonly<Record<string, (given: FactReader) => string>>;

type FactLabel =
  | 'orders'
  | 'firstOrder'
  | 'lastOrder'
  | 'largestOrder'
  | 'gap'
  | 'net'
  | 'refunded';

/** Results that are figures, not classes. */
export type FigureLabel =
  | 'held'
  | 'wayUp'
  | 'fall'
  | 'activity'
  | 'stability'
  | 'standards'
  | 'points'
  | 'eligibility'
  | 'nextOrder'
  | 'prediction'
  | 'lifetime'
  | 'prospect'
  | 'quality';

/** How sentences and lists are put together. */
type Marks = {
  /** Between clauses, and between names. */
  readonly comma: string;
  readonly list: string;
  readonly colon: string;
  readonly stop: string;
  readonly semicolon: string;
  /** Something in brackets. */
  readonly aside: (text: string) => string;
  /** Between two sentences. */
  readonly between: string;
};

/** Every phrase that reasons are built of; amounts and days come as text. */
export type ReasonTexts = {
  readonly language: Language;
  readonly marks: Marks;
  /** A part of a score by its code. */
  readonly parts: Readonly<Record<string, string>>;
  /** The facts of a part, and why nothing may be known of it, by its code. */
  readonly partFacts: FactTexts;
  readonly whyUnknown: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<FactLabel, string>>;
  readonly figures: Readonly<Record<FigureLabel, string>>;
  /** Why a customer is in a class, by the rule's code. */
  readonly classes: FactTexts;
  readonly classSince: (day: string) => string;
  readonly classUntil: (day: string) => string;
  readonly problems: Readonly<Record<DealProblem, string>>;
  readonly recordProblems: Readonly<Record<RecordProblem, string>>;
  readonly standards: Readonly<Record<Exclude<keyof Standards, 'met'>, string>>;
  /** Why a tier is not what the score alone gives. */
  readonly held: Readonly<
    Record<
      Held['code'],
      (given: { without: string; until: string | null; named?: Held['named'] }) => string
    >
  >;
  /** Before the classes that a person gave. */
  readonly byHand: string;
  readonly optedOut: string;
  readonly outOfScope: (why: OutOfScope) => string;
  readonly noOrder: string;
  readonly noTier: string;
  readonly value: string;
  readonly loyalty: string;
  readonly credit: string;
  readonly unknown: string;
  readonly leftOut: string;
  readonly tier: string;
  readonly from: (given: { label: string; from: number }) => string;
  readonly since: (given: { text: string; day: string }) => string;
  readonly ever: (amount: string) => string;
  readonly days: (days: number) => string;
  readonly confidence: (confidence: number) => string;
  readonly weightWent: string;
  readonly head: (given: { customerId: string; asOf: string; policyVersion: string }) => string;
  readonly problemCount: (given: { count: number; problem: string }) => string;
  readonly spent: (given: { net: string; orders: number; months: number; last: string }) => string;
  /** `amount` of `null`: the least there is will do. */
  readonly wayUp: (given: { amount: string | null; by: string; tier: string }) => string;
  readonly fall: (given: { on: string; tier: string }) => string;
  readonly activity: (index: number) => string;
  readonly stability: (given: {
    variation: number;
    periods: number;
    mean: string;
    steady: boolean;
  }) => string;
  readonly standardsMet: (given: { met: number; names: string; unknown: string }) => string;
  readonly points: (given: { balance: number; value: string }) => string;
  readonly pointsLapse: (given: { expiring: number; on: string | null }) => string;
  readonly eligibility: (given: { weekly: string; list: boolean; coupon: string | null }) => string;
  /** `overdue`: the day is over. */
  readonly nextOrder: (day: string, overdue: boolean) => string;
  readonly prediction: (given: {
    percent: number;
    orders: number;
    spend: string | null;
    days: number;
    model: string;
    fallback: boolean;
  }) => string;
  readonly lifetime: (given: { amount: string; years: number }) => string;
  readonly prospect: (given: { score: number; because: string }) => string;
  readonly trait: (given: { attribute: string; value: string; lift: number }) => string;
  readonly quality: (given: { completeness: number; problems: string }) => string;
};
