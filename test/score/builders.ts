import type { Deal } from '../../src/domain/deal.ts';
import type { CustomerHistory } from '../../src/domain/history.ts';
import type { Signals } from '../../src/domain/score.ts';
import { historyOf } from '../../src/score/history.ts';
import type { HistoryInput } from '../../src/score/history-input.ts';
import { signalsAt } from '../../src/score/signals.ts';
import { Timeline } from '../../src/score/timeline.ts';
import { policy } from './default-policy.ts';

/** A CRM in which everything has been filled by somebody. */
export const allKnown = {
  referrals: true,
  events: true,
  dues: true,
  feedback: true,
  discounts: true,
  products: true,
  birthdays: true,
} as const;

/** A CRM in which nobody has filled anything. */
export const nothingKnown = {
  referrals: false,
  events: false,
  dues: false,
  feedback: false,
  discounts: false,
  products: false,
  birthdays: false,
} as const;

/** The day on which everything here is scored. */
export const AS_OF = '2011-12-09';

/** A won deal of customer `c1` over 100.00 GBP. */
export function deal(given: Partial<Deal> = {}): Deal {
  return {
    id: 'd1',
    reference: null,
    status: 'won',
    amount: { minor: 100_00, currency: 'GBP' },
    homeAmount: { minor: 100_00, currency: 'GBP' },
    closedAt: null,
    closedOn: '2011-12-01',
    dueOn: null,
    paidOn: null,
    discount: null,
    products: null,
    modifiedAt: '2011-12-01T00:00:00.000Z',
    problems: [],
    customers: [{ id: 'c1', primary: true }],
    ...given,
  };
}

/** A won deal of so many minor units on a day. */
export function won(closedOn: string, minor: number, given: Partial<Deal> = {}): Deal {
  const money = { minor, currency: 'GBP' };
  return deal({ closedOn, amount: money, homeAmount: money, id: `${closedOn}:${minor}`, ...given });
}

/** A history's input on a day. */
export type DayInput = HistoryInput & { readonly asOf: string };

/** Customer `c1` of whom nothing is known but its id. */
export const customer: HistoryInput['customer'] = {
  id: 'c1',
  externalId: null,
  email: null,
  phone: null,
  name: null,
  country: null,
  birthday: null,
  createdAt: null,
  eventsInvited: null,
  eventsAttended: null,
  feedback: null,
  attributes: {},
  optedOut: false,
};

/** Input for customer `c1` in a CRM that knows referrals, events and due dates. */
export function input(given: Partial<DayInput> = {}): DayInput {
  return {
    customer,
    deals: [],
    referrals: null,
    isDuplicateCandidate: false,
    asOf: AS_OF,
    homeCurrency: 'GBP',
    timeZone: 'Europe/London',
    policy,
    attribution: 'split',
    coverage: allKnown,
    ...given,
  };
}

/** The history of customer `c1` with these deals. */
export function history(deals: readonly Deal[], given: Partial<DayInput> = {}): CustomerHistory {
  return historyOf(input({ deals, ...given }));
}

/** Signals of customer `c1` with these deals. */
export function signals(deals: readonly Deal[], given: Partial<DayInput> = {}): Signals {
  return signalsOf(input({ deals, ...given }));
}

/** Signals as they follow from an input. */
export function signalsOf(given: DayInput): Signals {
  const { policy: rules, coverage, asOf } = given;
  const timeline = new Timeline(historyOf(given), rules.purchase);
  const found = signalsAt(timeline, asOf, {
    windowMonths: rules.windowMonths,
    dues: coverage.dues,
  });
  timelines.set(found, timeline);
  return found;
}

const timelines = new WeakMap<Signals, Timeline>();

/** The timeline that signals were read from; an empty one for signals made by hand. */
export function timelineOf(found: Signals): Timeline {
  return timelines.get(found) ?? new Timeline(history([]), policy.purchase);
}
