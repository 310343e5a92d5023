import fc from 'fast-check';
import { dayText } from '../../src/domain/day.ts';
import { type Deal, dealProblems, dealStatuses } from '../../src/domain/deal.ts';
import type { Signals } from '../../src/domain/score.ts';
import { AS_OF, customer, deal, input, signalsOf } from './builders.ts';

const customerIds = ['c1', 'c2', 'c10', '7', '12'];

/** Days from long before 1970 to well after the day of scoring. */
const anyDay = fc.integer({ min: -5_000, max: 16_000 }).map(dayText);
const recentDay = fc.integer({ min: 14_300, max: 15_320 }).map(dayText);
const mostlyRecent = fc.oneof(
  { weight: 4, arbitrary: recentDay },
  { weight: 1, arbitrary: anyDay },
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null, freq: 4 });

const minor = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -50_000, max: 500_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, -1, 100_000_000_000_000, -100_000_000_000_000) },
);
const money = fc.record({
  minor,
  currency: fc.constantFrom('GBP', 'GBP', 'GBP', 'GBP', 'EUR'),
});
const customers = fc
  .uniqueArray(fc.constantFrom(...customerIds), { minLength: 1 })
  .chain((ids) =>
    fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), primary: fc.boolean() }))),
  );

/** Any deal a CRM may hold: broken, refunded, shared, paid late, in the future. */
const anyDeal: fc.Arbitrary<Deal> = fc
  .record({
    id: fc.uuid(),
    status: fc.oneof(
      { weight: 4, arbitrary: fc.constant('won' as const) },
      fc.constantFrom(...dealStatuses),
    ),
    homeAmount: maybe(money),
    amount: maybe(money),
    closedOn: maybe(mostlyRecent),
    dueOn: maybe(mostlyRecent),
    paidOn: maybe(mostlyRecent),
    problems: fc.subarray([...dealProblems], { maxLength: 2 }),
    customers,
  })
  .map((given) => deal(given));

export const deals = fc.array(anyDeal, { maxLength: 25 });

/** Signals as some customer's deals give them: every combination in it can occur. */
export const anySignals: fc.Arbitrary<Signals> = fc
  .record({
    deals,
    invited: maybe(fc.integer({ min: 0, max: 10 })),
    attended: maybe(fc.integer({ min: 0, max: 12 })),
    referrals: maybe(
      fc.record({
        referred: fc.integer({ min: 0, max: 9 }),
        bought: fc.integer({ min: 0, max: 9 }),
      }),
    ),
    coverage: fc.record({
      referrals: fc.boolean(),
      events: fc.boolean(),
      dues: fc.boolean(),
      feedback: fc.boolean(),
      discounts: fc.boolean(),
      products: fc.boolean(),
      birthdays: fc.boolean(),
    }),
  })
  .map(({ deals: given, invited, attended, referrals, coverage }) =>
    signalsOf(
      input({
        deals: given,
        customer: { ...customer, eventsInvited: invited, eventsAttended: attended },
        referrals,
        coverage,
        asOf: AS_OF,
        attribution: 'all',
      }),
    ),
  );

/** Signals of a customer with a purchase in the window. */
export const buyerSignals = anySignals.filter(({ ordersInWindow }) => ordersInWindow > 0);

/** Customers of a whole base. */
export const anyBase = fc.array(anySignals, { maxLength: 60 });
