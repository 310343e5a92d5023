import type { Coverage } from '../domain/coverage.ts';
import type { Customer } from '../domain/customer.ts';
import type { Deal } from '../domain/deal.ts';
import type { Attribution } from '../domain/subject.ts';
import type { LocalDay } from '../domain/time.ts';
import type { Policy } from '../policy/schema.ts';

/** Customers who name this one as their referrer, and those of them with a won deal. */
type ReferralCounts = { readonly referred: number; readonly bought: number };

/** What is the same for every customer of a run. */
export type ScoringWorld = {
  readonly asOf: LocalDay;
  readonly homeCurrency: string;
  readonly policy: Policy;
  readonly attribution: Attribution;
  readonly coverage: Coverage;
};

/** Everything that one customer's signals are made of. */
export type SignalsInput = ScoringWorld & {
  readonly customer: Pick<Customer, 'id' | 'eventsInvited' | 'eventsAttended'>;
  /** All its deals, in any order, each with all of the deal's live customers. */
  readonly deals: readonly Deal[];
  /** `null`: nobody names this customer; with `coverage.referrals` that is a known zero. */
  readonly referrals: ReferralCounts | null;
};
