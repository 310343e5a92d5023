import { amount, count, limitText, percentBeside } from './figures.ts';
import type { Guard } from './guard.ts';

/** Fewer customers than the last run that wrote saw, by too much. */
export const customersFell: Guard = ({ brake, now, before }) => {
  const limit = brake.customersFell;
  if (limit === null || before === null || before.customers < brake.leastCustomers) return null;
  const share = fallen(before.customers, now.customers);
  if (share <= limit) return null;
  return `Customers fell from ${count(before.customers)} to ${count(now.customers)} (${percentBeside(share, limit)}) since the last run that wrote; ${limitText(limit)}.`;
};

/** Less won revenue; in another home currency it cannot be compared, which is to be looked at too. */
export const revenueFell: Guard = ({ brake, now, before }) => {
  const limit = brake.revenueFell;
  if (limit === null || before === null || before.customers < brake.leastCustomers) return null;
  const was = before.homeCurrency;
  if (was !== null && now.homeCurrency !== null && was !== now.homeCurrency)
    return `The account's currency was ${was} and is ${now.homeCurrency}: won revenue cannot be compared with that of the last run that wrote.`;
  const share = fallen(before.wonMinor, now.wonMinor);
  if (share <= limit) return null;
  const from = amount(before.wonMinor, was);
  const to = amount(now.wonMinor, now.homeCurrency ?? was);
  return `Won revenue fell from ${from} to ${to} (${percentBeside(share, limit)}) since the last run that wrote; ${limitText(limit)}.`;
};

/** Of what there was; nothing can fall from nothing. */
function fallen(before: number, now: number): number {
  return before <= 0 ? 0 : (before - now) / before;
}
