import { count } from './figures.ts';
import type { Guard } from './guard.ts';

/**
 * Nothing is there to score by: no customer any more, or no won deal, which on a first run says that
 * the stages are not mapped, or that deals may not be read.
 */
export const sourceEmpty: Guard = ({ brake, now, before }) => {
  const { leastCustomers } = brake;
  if (now.customers === 0) {
    if (before === null || before.customers < leastCustomers) return null;
    return `There is no customer left; the last run that wrote saw ${count(before.customers)}.`;
  }
  if (now.wonDeals > 0 || now.customers < leastCustomers) return null;
  if (before === null)
    return `Of the deals of ${count(now.customers)} customers none is won: nobody can be given a tier.`;
  if (before.wonDeals === 0) return null;
  return `No deal is won any more; the last run that wrote saw ${count(before.wonDeals)} won deals.`;
};
