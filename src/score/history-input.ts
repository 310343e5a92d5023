import type { Coverage } from '../domain/coverage.ts';
import type { Customer } from '../domain/customer.ts';
import type { Deal } from '../domain/deal.ts';
import type { Attribution } from '../domain/subject.ts';
import type { Policy } from '../policy/schema.ts';
import type { DecidedByHand } from './decided.ts';

/** Customers who name this one as their referrer, and those of them with a won deal. */
type ReferralCounts = { readonly referred: number; readonly bought: number };

/** What is the same for every customer of a run, whatever the day. */
export type ScoringWorld = {
  readonly homeCurrency: string;
  readonly timeZone: string;
  readonly policy: Policy;
  readonly attribution: Attribution;
  readonly coverage: Coverage;
};

/** Everything that one customer's history is made of. */
export type HistoryInput = ScoringWorld & {
  readonly customer: Pick<
    Customer,
    | 'id'
    | 'externalId'
    | 'email'
    | 'phone'
    | 'name'
    | 'country'
    | 'birthday'
    | 'createdAt'
    | 'eventsInvited'
    | 'eventsAttended'
    | 'feedback'
    | 'attributes'
    | 'optedOut'
  >;
  /** All its deals, in any order, each with all of the deal's live customers. */
  readonly deals: readonly Deal[];
  /** `null`: nobody names this customer; with `coverage.referrals` that is a known zero. */
  readonly referrals: ReferralCounts | null;
  /** Another record has the same e-mail, phone or name: reported, never merged. */
  readonly isDuplicateCandidate: boolean;
  /** Default: nobody decided anything of it. */
  readonly decided?: DecidedByHand;
};
