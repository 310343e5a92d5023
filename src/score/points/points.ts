import { dayText } from '../../domain/day.ts';
import { minorDigits } from '../../domain/money.ts';
import type { Points } from '../../domain/result.ts';
import { type CustomerDay, NEVER } from '../customer-day.ts';
import { activationBonus } from './activation.ts';
import { type Ledger, ledgerOf } from './ledger.ts';
import { type PointsRules, pointsRulesOf } from './rules.ts';

/**
 * The points account on the day [C1–C5]; `null` when the policy gives none, or nothing was bought
 * and no bonus given yet. `valueMinor` is rounded down. What expires is what lapses on a day up to the policy's limit.
 */
export function pointsOf(day: CustomerDay): Points | null {
  const ledger = accountOf(day);
  if (ledger === null || (day.signals.orders === 0 && ledger.lots.length === 0)) return null;
  const { expiringWithinDays, pointsPerUnit } = day.policy.points;
  const { balance, lots } = ledger;
  const unit = 10 ** minorDigits(day.signals.currency);
  const soon = lots.filter(
    ({ left, expiresDay }) => left > 0 && expiresDay <= day.today + expiringWithinDays,
  );
  const [first] = soon;
  return {
    balance,
    valueMinor: Math.min(Number.MAX_SAFE_INTEGER, Math.floor((balance * unit) / pointsPerUnit)),
    expiring: soon.reduce((sum, { left }) => sum + left, 0),
    expireOn: first === undefined ? null : dayText(first.expiresDay),
  };
}

/**
 * The first day after `today` on which time alone may change it: a lot lapses, or comes within the
 * days in which it is said to, or the bonus is given.
 */
export function pointsChangeAfter(day: CustomerDay): number {
  const { expiringWithinDays } = day.policy.points;
  const account = accountOf(day);
  if (account === null) return NEVER;
  let next = bonusAfter(day);
  for (const { left, expiresDay } of account.lots) {
    if (left === 0) continue;
    const enters = expiresDay - expiringWithinDays;
    next = Math.min(next, enters > day.today ? enters : expiresDay);
  }
  return next;
}

function bonusAfter({ timeline, policy, today }: CustomerDay): number {
  const bonus = activationBonus(timeline.history, policy.points);
  return bonus !== null && bonus.day > today ? bonus.day : NEVER;
}

/** Both of the above ask for the same day's. */
const accounts = new WeakMap<CustomerDay, Ledger | null>();

function accountOf(day: CustomerDay): Ledger | null {
  const known = accounts.get(day);
  if (known !== undefined) return known;
  const { history } = day.timeline;
  const rules = pointsRulesOf(day.policy, history.currency);
  const account = rules === null ? null : ledgerFor(day, rules);
  accounts.set(day, account);
  return account;
}

function ledgerFor({ timeline, policy, today }: CustomerDay, rules: PointsRules): Ledger {
  const { history } = timeline;
  const bonus = activationBonus(history, policy.points);
  return ledgerOf(history.sales, rules, history.birthMonth, today, { bonus });
}
