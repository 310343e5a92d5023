import type { Deal } from '../../src/domain/deal.ts';
import type { Signals } from '../../src/domain/score.ts';
import { signalsOf } from '../../src/score/signals.ts';
import type { SignalsInput } from '../../src/score/signals-input.ts';
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

/** Input for customer `c1` in a CRM that knows referrals, events and due dates. */
export function input(given: Partial<SignalsInput> = {}): SignalsInput {
  return {
    customer: { id: 'c1', eventsInvited: null, eventsAttended: null },
    deals: [],
    referrals: null,
    asOf: AS_OF,
    homeCurrency: 'GBP',
    policy,
    attribution: 'split',
    coverage: allKnown,
    ...given,
  };
}

/** Signals of customer `c1` with these deals. */
export function signals(deals: readonly Deal[], given: Partial<SignalsInput> = {}): Signals {
  return signalsOf(input({ deals, ...given }));
}
