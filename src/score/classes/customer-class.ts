import { dayText } from '../../domain/day.ts';
import type { ClassResult } from '../../domain/result.ts';
import type { CustomerDay } from '../customer-day.ts';
import { facts } from '../facts.ts';
import { type LifecycleStep, lastReturn } from './lifecycle.ts';
import { lostDay } from './lost-day.ts';
import { madeOn } from './made-on.ts';
import { numberOf } from './number-of.ts';

/**
 * Existing, potential, lost, new or new potential [D1]. Lost comes before new; the days of newness
 * count from the first order or the record's making, the last of them included.
 */
export function customerClassOf(day: CustomerDay, history: readonly LifecycleStep[]): ClassResult {
  return day.signals.orders === 0 ? prospectClass(day) : buyerClass(day, history);
}

/** The first day on which a customer is not new any more; infinite without an order. */
export function oldFrom({ signals, policy }: CustomerDay): number {
  return numberOf(signals.firstOrderOn) + policy.days.newCustomer + 1;
}

/** The first day on which a record is not new any more; infinite where its making is unknown. */
export function recordOldFrom({ timeline, policy }: CustomerDay): number {
  return numberOf(timeline.history.createdOn) + policy.days.newProspect + 1;
}

function prospectClass(day: CustomerDay): ClassResult {
  const createdOn = madeOn(day);
  const oldOn = recordOldFrom(day);
  const known = facts({ createdOn });
  if (createdOn === null)
    return { key: 'potential', since: null, code: 'customer_class.no_order', facts: known };
  if (day.today < oldOn)
    return {
      key: 'new_potential',
      since: createdOn,
      until: dayText(oldOn),
      code: 'customer_class.made',
      facts: known,
    };
  return {
    key: 'potential',
    since: dayText(oldOn),
    code: 'customer_class.no_order',
    facts: known,
  };
}

function buyerClass(day: CustomerDay, history: readonly LifecycleStep[]): ClassResult {
  const { firstOrderOn, lastOrderOn } = day.signals;
  const known = facts({ firstOrderOn, lastOrderOn });
  const lostOn = lostDay(day);
  if (day.today >= lostOn)
    return { key: 'lost', since: dayText(lostOn), code: 'customer_class.silent', facts: known };
  const oldOn = oldFrom(day);
  if (day.today < oldOn)
    return {
      key: 'new',
      since: firstOrderOn,
      until: dayText(Math.min(oldOn, lostOn)),
      code: 'customer_class.first_order',
      facts: known,
    };
  const since = dayText(Math.max(oldOn, lastReturn(history) ?? oldOn));
  const until = dayText(lostOn);
  return { key: 'existing', since, until, code: 'customer_class.ordered', facts: known };
}
