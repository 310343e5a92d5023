import type { CustomerHistory } from '../domain/history.ts';
import type { RecordId } from '../domain/ids.ts';
import type { Attribution } from '../domain/subject.ts';
import type { LocalDay } from '../domain/time.ts';
import { countedOrders } from './counted-orders.ts';
import { createdOnOf, historyFrom, leftOut } from './history.ts';
import type { HistoryInput, ScoringWorld } from './history-input.ts';
import { joinRecords } from './join-records.ts';
import { namedRuleOf } from './named.ts';
import { joinUsable, usableDeals } from './usable-deals.ts';

/** One record of a customer whom several CRMs know, with what is its connection's own. */
export type MemberRecord = Pick<HistoryInput, 'customer' | 'deals' | 'isDuplicateCandidate'> & {
  readonly attribution: Attribution;
  readonly timeZone: string;
};

/** What is the same for all members. */
type JoinedWorld = Omit<ScoringWorld, 'attribution' | 'timeZone'> &
  Pick<HistoryInput, 'referrals' | 'decided'>;

/**
 * The history of a customer whom several CRMs know, for its record `id`: but for that id the same
 * whichever record is asked for. `members` in the order of trust, two at least.
 */
export function joinedHistory(
  world: JoinedWorld,
  id: RecordId,
  members: readonly MemberRecord[],
): CustomerHistory {
  const customers = members.map(({ customer }) => customer);
  const customer = { ...joinRecords(customers), id };
  if (customer.optedOut) return leftOut(id, world.homeCurrency);
  const isDuplicateCandidate = members.some((member) => member.isDuplicateCandidate);
  const [{ attribution, timeZone } = noMember()] = members;
  const input = { ...world, customer, deals: [], isDuplicateCandidate, attribution, timeZone };
  return historyFrom(input, {
    ...joinedDeals(world, members),
    createdOn: earliest(members.map((member) => createdOnOf(member.customer, member.timeZone))),
    named: namedRuleOf(customers, world.policy),
  });
}

function joinedDeals(world: JoinedWorld, members: readonly MemberRecord[]) {
  const { counted, conflicts } = countedOrders(members.map(({ deals }) => deals));
  const usable = members.map((member, at) =>
    usableDeals({ ...world, ...member, deals: counted[at] ?? [] }),
  );
  const differing = conflicts === 0 ? {} : { 'order-conflict': conflicts };
  return joinUsable([...usable, { sales: [], problems: differing }]);
}

function earliest(days: readonly (LocalDay | null)[]): LocalDay | null {
  return days.reduce((least, day) =>
    least === null || (day !== null && day < least) ? day : least,
  );
}

function noMember(): never {
  throw new TypeError('A joined customer has records');
}
