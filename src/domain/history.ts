import type { RecordId } from './ids.ts';
import type { Override } from './override.ts';
import type { LocalDay } from './time.ts';

/** One won deal that counts, as far as it is this customer's. Days are numbers since 1970-01-01. */
export type Sale = {
  readonly day: number;
  /** Home minor units; negative for a refund. */
  readonly minor: number;
  /** The seller's number for it, or its id. */
  readonly reference: string;
  /** Absent where unknown. */
  readonly dueDay?: number;
  readonly paidDay?: number;
  /** What was taken off the list price, home minor units. */
  readonly discountMinor?: number;
  /** Products or product families in it. */
  readonly products?: readonly string[];
  /** The deal's own currency, where that is not the home currency. */
  readonly currency?: string;
};

/** What the policy says of one customer by hand. */
export type NamedRule = {
  /** Never below this tier. */
  readonly floor: string | null;
  readonly importance: 'red' | 'black' | null;
  readonly why: string;
  readonly by: string;
  /** The last day on which it holds; `null` has no end. */
  readonly until: LocalDay | null;
};

/**
 * All that is known of one customer, whatever the day: the signals of any day follow from it. It
 * also holds deals that close in the future, which count from their day on.
 */
export type CustomerHistory = {
  readonly customerId: RecordId;
  readonly currency: string;
  /** By day, then amount, then reference. */
  readonly sales: readonly Sale[];
  /** Won deals that can never be counted, each under one cause (a `DealProblem`). */
  readonly problems: Readonly<Record<string, number>>;
  readonly createdOn: LocalDay | null;
  /** 1–12. */
  readonly birthMonth: number | null;
  readonly referrals: number | null;
  readonly referralsBought: number | null;
  readonly eventsInvited: number | null;
  readonly eventsAttended: number | null;
  readonly feedback: number | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly quality: RecordQuality;
  readonly named: NamedRule | null;
  /** What people decided of it, the one that wins first; those that have lapsed may be among them. */
  readonly overrides: readonly Override[];
  /** Asked to be left out: nothing else here is filled, nothing is scored, and our fields are cleared. */
  readonly optedOut: boolean;
};

/** What is wrong with a record itself; deals are not looked at. */
export const recordProblems = [
  'email-missing',
  'email-invalid',
  'phone-missing',
  'phone-invalid',
  'name-missing',
  'country-missing',
  'external-id-missing',
  'birthday-missing',
  'birthday-impossible',
  'duplicate-candidate',
  'override-unknown',
] as const;
export type RecordProblem = (typeof recordProblems)[number];

/** How far one record can be relied on. */
export type RecordQuality = {
  /** Share of the policy's required fields that are filled, in whole per cent. */
  readonly completeness: number;
  readonly problems: readonly RecordProblem[];
};
