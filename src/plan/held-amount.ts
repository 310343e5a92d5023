import { parseMoney } from '../domain/money.ts';
import type { ScoredCustomer } from './scored-customer.ts';

/**
 * The net amount that the CRM holds of a customer, home minor units; of whom it holds none, or nothing
 * that is an amount, that of the score.
 */
export function heldAmount({ score, held }: ScoredCustomer): number {
  const { minor, currency } = score.netAmount;
  return parseMoney(held.net_amount ?? '', currency)?.minor ?? minor;
}

/** Both amounts of a move, as its types have them. */
export function amountsOf(netMinor: number, heldMinor: number) {
  return heldMinor === netMinor ? { netMinor } : { netMinor, heldMinor };
}
