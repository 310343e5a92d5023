import { dayNumber, dayText } from '../domain/day.ts';
import type { OutOfScope } from '../domain/result.ts';
import type { Score } from '../domain/score.ts';
import type { Policy } from '../policy/schema.ts';
import { NEVER } from './customer-day.ts';
import { windowExit } from './forward/calendar.ts';
import type { Timeline } from './timeline.ts';

/** Nothing is said of this customer, at its own wish or the policy's. */
export function isLeftOut({ optedOut, outOfScope }: Score): boolean {
  return optedOut || (outOfScope ?? null) !== null;
}

/** Why the policy leaves a customer out on a day; `null` when it does not. */
export function outOfScopeOn(
  timeline: Timeline,
  today: number,
  { scope }: Pick<Policy, 'scope'>,
): OutOfScope | null {
  return excluded(timeline, scope) ?? silent(timeline, today, scope);
}

/** The first day after `today` on which time alone makes a customer silent; `NEVER` without one. */
export function silentFrom(timeline: Timeline, today: number, { scope }: Pick<Policy, 'scope'>) {
  const from = exitOf(timeline, today, scope);
  return from === null || from <= today ? NEVER : from;
}

type Scope = Policy['scope'];

/** The first rule all of whose attributes fit, capitals aside, as for attribute segments. */
function excluded({ history }: Timeline, { exclude }: Scope): OutOfScope | null {
  const attributes = new Map(Object.entries(history.attributes));
  for (const { where } of exclude) {
    const wanted = Object.entries(where);
    const fitting = wanted.flatMap(([attribute, values]) => {
      const value = attributes.get(attribute);
      return value !== undefined && isAmong(value, values) ? [{ attribute, value }] : [];
    });
    const [first] = fitting;
    if (first !== undefined && fitting.length === wanted.length)
      return { code: 'excluded', ...first };
  }
  return null;
}

function silent(timeline: Timeline, today: number, scope: Scope): OutOfScope | null {
  const from = exitOf(timeline, today, scope);
  if (from === null || from > today || hasWord(timeline, today)) return null;
  return { code: 'silent', since: dayText(from), months: scope.silentMonths ?? 0 };
}

/** Of whom somebody decided something is looked after, however silent. */
function hasWord({ history: { named, overrides } }: Timeline, today: number): boolean {
  const words = named === null ? overrides : [named, ...overrides];
  return words.some(({ until }) => until === null || until >= dayText(today));
}

/** Of whom neither an order nor the day of creation is known, nobody can say that they are silent. */
function exitOf(timeline: Timeline, today: number, { silentMonths }: Scope): number | null {
  if (silentMonths === null) return null;
  const { createdOn } = timeline.history;
  const created = createdOn === null ? null : dayNumber(createdOn);
  const bought = timeline.days[timeline.ordersUpTo(today) - 1] ?? null;
  const last = Math.max(created ?? -NEVER, bought ?? -NEVER);
  return Number.isFinite(last) ? windowExit(last, silentMonths) : null;
}

function isAmong(value: string, values: readonly string[]): boolean {
  return values.some((each) => plain(each) === plain(value));
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
