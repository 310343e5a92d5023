/**
 * A seller's world before any CRM: who buys, and what was invoiced. Each sandbox loads the same
 * world into its own portal, so that two CRMs can be compared on equal ground.
 *
 * Every iterable can be walked again and again and gives the same answer each time. None holds its
 * elements, so a world of a million customers costs no more memory than the walk itself.
 */
export interface World {
  /** ISO 4217 code of every amount. */
  readonly currency: string;
  /** IANA name of the zone in which the seller's days begin. */
  readonly timeZone: string;
  readonly customerCount: number;
  readonly orderCount: number;
  /** Ascending by `createdAt`. */
  readonly customers: Iterable<WorldCustomer>;
  /** Ascending by `placedAt`. */
  readonly orders: Iterable<WorldOrder>;
}

/** A buyer. `null` always means that nobody knows, never zero or none. */
export interface WorldCustomer {
  /** The seller's own number for this customer. */
  readonly externalId: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Unique in its world, and at a domain that can receive no mail. */
  readonly email: string;
  readonly country: string | null;
  /** As somebody typed it. Almost always the customer's own. */
  readonly phone: string | null;
  readonly industry: string | null;
  /** ISO date. */
  readonly birthday: string | null;
  /** The `externalId` of a customer who was there before. */
  readonly referredBy: string | null;
  readonly events: EventAttendance | null;
  /** How often they answered a survey or made a suggestion. */
  readonly feedback: number | null;
  /** Asked not to be scored. */
  readonly optedOut: boolean;
  /** Local time with its offset, never later than the first order. */
  readonly createdAt: string;
}

/** How often a customer was invited to an event, and how often they came. */
interface EventAttendance {
  readonly invited: number;
  readonly attended: number;
}

/** An invoice, or the cancellation of one. */
export interface WorldOrder {
  /** The invoice number. */
  readonly externalId: string;
  /** The buyer's `externalId`; `null` for a sale whose buyer was not written down. */
  readonly customerId: string | null;
  /** Local time with its offset: `2011-06-01T09:00:00+01:00`. */
  readonly placedAt: string;
  /** Decimal with two places; negative for a cancellation, and zero does occur. */
  readonly amount: string;
  /** ISO date. Neither date: payment unknown. */
  readonly dueOn: string | null;
  /** ISO date. Absent beside a due date: not paid when the world ends. */
  readonly paidOn: string | null;
  /** What was taken off the list price: decimal with two places, not negative. */
  readonly discount: string | null;
  /** Product families in it, in no order, each once. */
  readonly products: readonly string[] | null;
}
