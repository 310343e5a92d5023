import { dayNumber } from '../domain/day.ts';
import type { CustomerHistory } from '../domain/history.ts';
import type { RecordId } from '../domain/ids.ts';
import type { LocalDay } from '../domain/time.ts';
import { localDay } from '../lib/local-day.ts';
import type { HistoryInput } from './history-input.ts';
import { namedRuleOf } from './named.ts';
import { recordQualityOf } from './quality/record-quality.ts';
import { usableDeals } from './usable-deals.ts';

/**
 * Everything that scoring needs of one customer, whatever the day: won deals that count, in one
 * currency, and what else the CRM knows. What nobody in the CRM has filled is unknown, never zero.
 */
export function historyOf(input: HistoryInput): CustomerHistory {
  const { customer, policy, homeCurrency } = input;
  if (customer.optedOut) return leftOut(customer.id, homeCurrency);
  return historyFrom(input, {
    ...usableDeals(input),
    createdOn: createdOnOf(customer, input.timeZone),
    named: namedRuleOf([customer], policy),
  });
}

/** Parts of a history that a customer with several records has in another way. */
type ReadyParts = Pick<CustomerHistory, 'sales' | 'problems' | 'createdOn' | 'named'>;

export function historyFrom(input: HistoryInput, ready: ReadyParts): CustomerHistory {
  const { customer, coverage, homeCurrency } = input;
  const { sales, problems, createdOn, named } = ready;
  return {
    customerId: customer.id,
    currency: homeCurrency,
    sales,
    problems,
    createdOn,
    birthMonth: birthMonthOf(customer.birthday),
    ...referralsOf(input),
    eventsInvited: coverage.events ? customer.eventsInvited : null,
    eventsAttended: coverage.events ? customer.eventsAttended : null,
    feedback: coverage.feedback ? customer.feedback : null,
    attributes: attributesOf(input),
    quality: recordQualityOf(input),
    named,
    overrides: input.decided?.overrides ?? [],
    optedOut: false,
  };
}

export function createdOnOf(
  { createdAt }: Pick<HistoryInput['customer'], 'createdAt'>,
  timeZone: string,
): LocalDay | null {
  return createdAt === null ? null : localDay(Date.parse(createdAt), timeZone);
}

/** Who asked to be left out of scoring is known by id alone. */
export function leftOut(customerId: RecordId, currency: string): CustomerHistory {
  return {
    customerId,
    currency,
    sales: [],
    problems: {},
    createdOn: null,
    birthMonth: null,
    referrals: null,
    referralsBought: null,
    eventsInvited: null,
    eventsAttended: null,
    feedback: null,
    attributes: {},
    quality: { completeness: 0, problems: [] },
    named: null,
    overrides: [],
    optedOut: true,
  };
}

function birthMonthOf(birthday: LocalDay | null): number | null {
  const isDay = birthday !== null && dayNumber(birthday) !== null;
  return isDay ? Number(birthday.slice(5, 7)) : null;
}

function referralsOf({ coverage, referrals }: HistoryInput) {
  if (!coverage.referrals) return { referrals: null, referralsBought: null };
  return { referrals: referrals?.referred ?? 0, referralsBought: referrals?.bought ?? 0 };
}

/** The country is an attribute as any other. */
function attributesOf({ customer }: HistoryInput): Readonly<Record<string, string>> {
  return customer.country === null
    ? customer.attributes
    : { country: customer.country, ...customer.attributes };
}
