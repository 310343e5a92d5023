import type { ClassKey } from '../../domain/classes.ts';
import { dayNumber, dayText } from '../../domain/day.ts';
import type { ClassResult } from '../../domain/result.ts';
import type { LocalDay } from '../../domain/time.ts';
import type { CustomerDay } from '../customer-day.ts';
import { facts } from '../facts.ts';
import type { Timeline } from '../timeline.ts';
import { lostDay, lostDayAfter } from './lost-day.ts';
import { madeOn } from './made-on.ts';

/** A step of a customer's life: on which day it came to which stage, and by what. */
export type LifecycleStep = {
  readonly on: LocalDay;
  readonly to: ClassKey<'lifecycle'>;
  /** Name of the transition, for example `lifecycle.returned`. */
  readonly code: string;
};

/**
 * Every dated step of the customer's life up to today [D2, D13], oldest first: potential → first
 * purchase → repeat → loyal → lost → returned. Who returned begins anew: the second purchase since
 * makes it a repeat buyer, and loyalty counts purchases and months since.
 */
export function lifecycleHistory(day: CustomerDay): readonly LifecycleStep[] {
  const steps = [...createdStep(day)];
  let since = 0;
  for (const [at, on] of day.timeline.days.slice(0, day.signals.orders).entries()) {
    const silence = silenceAfter(day, at, on);
    if (silence !== null) {
      since = at;
      steps.push(silence, { on: dayText(on), to: 'returned', code: 'lifecycle.returned' });
    } else {
      const ordered = stepOf(day, since, at, steps.at(-1)?.to);
      if (ordered !== null) steps.push({ on: dayText(on), ...ordered });
    }
  }
  const silence = silenceAfter(day, day.signals.orders, day.today);
  return silence === null ? steps : [...steps, silence];
}

/** What a purchase makes of the customer, counted from the first since the last return. */
function stepOf(
  day: CustomerDay,
  since: number,
  at: number,
  stage: ClassKey<'lifecycle'> | undefined,
): Omit<LifecycleStep, 'on'> | null {
  if (at === 0) return { to: 'first_purchase', code: 'lifecycle.first_order' };
  if (stage === 'loyal') return null;
  if (isLoyal(day, since, at)) return { to: 'loyal', code: 'lifecycle.loyal' };
  return at === since + 1 ? { to: 'repeat', code: 'lifecycle.second_order' } : null;
}

/** The stage that the latest step led to; potential, since nobody knows when, without any. */
export function lifecycleOf(day: CustomerDay, history: readonly LifecycleStep[]): ClassResult {
  const step = history.at(-1);
  const { orders, firstOrderOn, lastOrderOn } = day.signals;
  return {
    key: step?.to ?? 'potential',
    since: step?.on ?? null,
    ...(orders === 0 || step?.to === 'lost' ? {} : { until: dayText(lostDay(day)) }),
    code: step?.code ?? 'lifecycle.no_order',
    facts: facts({ orders, firstOrderOn, lastOrderOn }),
  };
}

/** A record made after the first order was no prospect's. */
function createdStep(day: CustomerDay): readonly LifecycleStep[] {
  const { firstOrderOn } = day.signals;
  const on = madeOn(day);
  if (on === null || (firstOrderOn !== null && on >= firstOrderOn)) return [];
  return [{ on, to: 'potential', code: 'lifecycle.created' }];
}

/** Loss by silence after the first so many orders, if it came by `until`. */
function silenceAfter(day: CustomerDay, orders: number, until: number): LifecycleStep | null {
  const { timeline, policy } = day;
  if (!mayBeLost(timeline, orders, until, policy.days.lost)) return null;
  const lostOn = lostDayAfter(timeline, orders, policy.days);
  return lostOn <= until ? { on: dayText(lostOn), to: 'lost', code: 'lifecycle.silent' } : null;
}

/** Spares the median of most gaps: they are shorter than any loss. */
function mayBeLost({ days }: Timeline, orders: number, until: number, lost: number): boolean {
  return until - (days[orders - 1] ?? until) > lost;
}

function isLoyal({ timeline, policy }: CustomerDay, since: number, at: number): boolean {
  const { loyalOrders, loyalMonths } = policy.days;
  const months = (timeline.months[at] ?? 0) - (timeline.months[since] ?? 0) + 1;
  return at - since + 1 >= loyalOrders && months >= loyalMonths;
}

/** The latest day on which the customer came back from being lost. */
export function lastReturn(history: readonly LifecycleStep[]): number | null {
  const step = history.findLast(({ to }) => to === 'returned');
  return step === undefined ? null : dayNumber(step.on);
}
