import fc from 'fast-check';
import { dayText } from '../../../src/domain/day.ts';
import type { CustomerHistory, NamedRule } from '../../../src/domain/history.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import { history, won } from '../builders.ts';
import { policy } from '../default-policy.ts';

/** 2011-01-01, the first day of the simulated year. */
export const FIRST = 14_975;
export const YEAR = 365;

/** A sale as drawn; days since 1970. */
export type DrawnSale = {
  readonly day: number;
  readonly minor: number;
  readonly due: number | null;
  readonly paid: number | null;
};

/** A customer's history as far as the CRM knows it on `today`: later sales are not entered yet. */
export type Life = {
  readonly sales: readonly DrawnSale[];
  /** Deals that are known ahead: they close in the future. */
  readonly planned: readonly DrawnSale[];
  readonly created: number;
  readonly birthMonth: number | null;
  readonly named: NamedRule | null;
};

const anySale: fc.Arbitrary<DrawnSale> = fc
  .record({
    day: fc.integer({ min: FIRST - 900, max: FIRST + YEAR }),
    minor: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1_00, max: 900_00 }) },
      { weight: 1, arbitrary: fc.integer({ min: -300_00, max: 0 }) },
    ),
    due: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null, freq: 2 }),
    paid: fc.option(fc.integer({ min: 0, max: 90 }), { nil: null, freq: 2 }),
  })
  .map(({ day, minor, due, paid }) => ({
    ...{ day, minor },
    due: due === null ? null : day + due,
    paid: paid === null ? null : day + paid,
  }));

const anyNamed: fc.Arbitrary<NamedRule | null> = fc.option(
  fc
    .record({
      floor: fc.constantFrom('platinum', 'gold', 'silver', null),
      importance: fc.constantFrom('red' as const, 'black' as const, null),
      until: fc.option(fc.integer({ min: FIRST - 5, max: FIRST + YEAR }), { nil: null }),
    })
    .map(({ until, ...rest }) => ({
      ...rest,
      until: until === null ? null : dayText(until),
      why: 'w',
      by: 'b',
    })),
  { nil: null },
);

export const anyLife: fc.Arbitrary<Life> = fc.record({
  sales: fc.array(anySale, { maxLength: 12 }),
  planned: fc.array(anySale, { maxLength: 2 }),
  created: fc.integer({ min: FIRST - 1_000, max: FIRST }),
  birthMonth: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
  named: anyNamed,
});

/** The shipped policy with any way of holding tiers. */
export const anyRules: fc.Arbitrary<Policy> = fc
  .record({
    hysteresis: fc.integer({ min: 0, max: 6 }),
    graceDays: fc.constantFrom(0, 7, 30),
    stepsDown: fc.constantFrom(1, 2, 'any' as const),
    review: fc.constantFrom('anytime', 'monthly', 'quarterly', 'half-yearly', 'anniversary'),
  })
  .map((hold) => ({ ...policy, tiers: { ...policy.tiers, hold } }));

/** What is known on a day. */
export function knownOn(life: Life, today: number): CustomerHistory {
  const known = [...life.sales.filter(({ day }) => day <= today), ...life.planned];
  return {
    ...history(known.map(dealOf)),
    createdOn: dayText(life.created),
    birthMonth: life.birthMonth,
    named: life.named,
  };
}

/** Whether something happened on the day that a CRM would tell. */
export function happenedOn(life: Life, today: number): boolean {
  return life.sales.some(({ day }) => day === today);
}

function dealOf({ day, minor, due, paid }: DrawnSale, at: number) {
  return won(dayText(day), minor, {
    id: `${day}:${minor}:${at}`,
    dueOn: due === null ? null : dayText(due),
    paidOn: paid === null ? null : dayText(paid),
  });
}
