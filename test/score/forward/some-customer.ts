import fc from 'fast-check';
import { dayNumber, dayText } from '../../../src/domain/day.ts';
import type { CustomerHistory } from '../../../src/domain/history.ts';
import type { CutPoints } from '../../../src/policy/cut-points.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { AS_OF, customer, deal, history } from '../builders.ts';
import { policy } from '../default-policy.ts';
import { fixedCuts } from '../score-of.ts';

const today = dayNumber(AS_OF) ?? 0;

/** Mostly of the last two years, a few of the weeks to come. */
const someDay = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: today - 800, max: today }) },
  { weight: 1, arbitrary: fc.integer({ min: today, max: today + 200 }) },
);
const maybeDay = fc.option(someDay.map(dayText), { nil: null, freq: 2 });

const someDeal = fc
  .record({
    id: fc.uuid(),
    day: someDay,
    minor: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 900_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: -200_000, max: 0 }) },
    ),
    dueOn: maybeDay,
    paidOn: maybeDay,
  })
  .map(({ id, day, minor, dueOn, paidOn }) => {
    const money = { minor, currency: 'GBP' };
    return deal({ id, closedOn: dayText(day), amount: money, homeAmount: money, dueOn, paidOn });
  });

/** A customer as it may well be, with dues, refunds, referrals and orders to come. */
export const someHistory: fc.Arbitrary<CustomerHistory> = fc
  .record({
    deals: fc.array(someDeal, { minLength: 1, maxLength: 14 }),
    invited: fc.option(fc.integer({ min: 0, max: 5 }), { nil: null }),
    attended: fc.option(fc.integer({ min: 0, max: 5 }), { nil: null }),
    referred: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ deals, invited, attended, referred }) =>
    history(deals, {
      customer: { ...customer, eventsInvited: invited, eventsAttended: attended },
      referrals: { referred, bought: Math.floor(referred / 2) },
    }),
  );

type Hold = Policy['tiers']['hold'];
const { review } = policy.tiers.hold;
const reviews: readonly Hold['review'][] = [review, 'monthly', 'quarterly', 'anniversary'];

/** The shipped rules with tiers held in any way. */
export const someRules: fc.Arbitrary<{ policy: Policy; cuts: CutPoints }> = fc
  .record({
    hysteresis: fc.integer({ min: 0, max: 6 }),
    graceDays: fc.constantFrom(0, 1, 30, 90),
    stepsDown: fc.constantFrom<Hold['stepsDown']>('any', 1, 2),
    review: fc.constantFrom(...reviews),
    dues: fc.boolean(),
  })
  .map(({ dues, ...hold }) => ({
    policy: { ...policy, tiers: { ...policy.tiers, hold } },
    cuts: { ...fixedCuts, coverage: { ...fixedCuts.coverage, dues } },
  }));

/** The history with one more order. */
export function withOrder(of: CustomerHistory, day: number, minor: number): CustomerHistory {
  const sale = { day, minor, reference: 'next' };
  const sales = [...of.sales, sale].sort((one, other) => one.day - other.day);
  return { ...of, sales };
}
