import { type PurchaseOptions, purchasesOn } from '../data/purchases.ts';
import type { World } from '../data/world.ts';
import type { Org } from './org.ts';
import { createRecord } from './record-writer.ts';
import { dealMapping, dealValues } from './world-records.ts';

/**
 * Lets a share of the customers buy on one day of a running org. Each purchase is a won deal that the
 * seller's people add now, with its contact: checked, announced to watchers, and seen by search after
 * the index lag, as in life. Returns the new deals' ids.
 *
 * Customers whose contact is gone buy nothing.
 */
export function buyOn(org: Org, world: World, options: PurchaseOptions): readonly string[] {
  const context = { userId: org.users.other.id, at: org.now() };
  const mapping = dealMapping(org, world);
  const deals: string[] = [];
  for (const order of purchasesOn(world, options)) {
    const [contact] = org.records.Contacts.holding('External_Id', order.customerId);
    if (contact === undefined) continue;
    const outcome = createRecord(org, 'Deals', dealValues(order, contact.id, mapping), context);
    if (!outcome.ok) throw outcome.error;
    deals.push(outcome.record.id);
  }
  return deals;
}
