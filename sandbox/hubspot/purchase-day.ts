import { type PurchaseOptions, purchasesOn } from '../data/purchases.ts';
import type { World } from '../data/world.ts';
import { associate, plainType } from './association-writer.ts';
import type { Portal } from './portal.ts';
import { createRecord } from './record-writer.ts';
import { dealProperties } from './world-records.ts';
import type { WriteContext } from './write-context.ts';

/** The seller's own shop system, which writes deals into the portal; no app under test has this id. */
const SHOP_APP_ID = '1001';

/**
 * Lets a share of the customers buy on one day of a running portal. Each purchase is a won deal that
 * the shop system creates now and links to its contact: validated, announced to webhooks, and seen
 * by search after the index lag, as in life. Returns the new deals' record ids.
 *
 * Customers whose contact is gone (archived, or deleted) buy nothing.
 */
export function buyOn(portal: Portal, world: World, options: PurchaseOptions): readonly number[] {
  const context: WriteContext = { appId: SHOP_APP_ID, now: portal.clock() };
  const type = plainType(portal, 'deals', 'contacts');
  const deals: number[] = [];
  for (const order of purchasesOn(world, options)) {
    const { contacts, deals: store } = portal.objects;
    const contact = contacts.find('external_id', order.customerId ?? '');
    if (contact === undefined) continue;
    const values = dealProperties(order, world.currency);
    const deal = store.at(createRecord(portal, 'deals', values, context));
    const [from, to] = [
      { type: 'deals', id: deal.id },
      { type: 'contacts', id: contacts.at(contact).id },
    ] as const;
    associate(portal, from, to, type, context);
    deals.push(deal.id);
  }
  return deals;
}
