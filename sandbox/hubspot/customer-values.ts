import { homeAmount, isClosed, isWon } from './deal-values.ts';
import { isoInstant, parseInstant } from './instant.ts';
import type { ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import type { StoredRecord } from './record.ts';

type CustomerValue = (
  portal: Portal,
  deals: readonly StoredRecord[],
) => string | number | undefined;

/**
 * HubSpot's own sums over the deals of a contact or company: a cross-check for a scorer, not a
 * replacement. Worked out when asked for, so a change of a deal costs nothing here.
 */
const OVER_DEALS: Readonly<Record<string, CustomerValue>> = {
  num_associated_deals: (_portal, deals) => deals.length,
  hs_num_associated_open_deals: (portal, deals) => openDeals(portal, deals),
  hs_num_open_deals: (portal, deals) => openDeals(portal, deals),
  recent_deal_amount: (portal, deals) => latestWon(portal, deals)?.properties['amount'],
  recent_deal_close_date: (portal, deals) => latestWon(portal, deals)?.properties['closedate'],
  first_deal_created_date: (_portal, deals) => isoInstant(Math.min(...deals.map(dealCreated))),
  total_revenue: (portal, deals) => {
    const won = deals.filter((deal) => isWon(portal, deal));
    return Math.round(sum(won.map((deal) => homeAmount(portal, deal) ?? 0)) * 100) / 100;
  },
};

type Customers = Exclude<ObjectType, 'deals'>;

/** Reads one roll-up; nothing when `name` is none. Without any deal HubSpot leaves all empty. */
export function customerValue(
  type: Customers,
  name: string,
): ((portal: Portal, record: StoredRecord) => string | undefined) | undefined {
  if (type === 'companies' && name === 'num_associated_contacts')
    return (portal, { id }) => String(portal.associations.targets({ type, id }, 'contacts').length);
  const overDeals = OVER_DEALS[name];
  if (overDeals === undefined) return undefined;
  return (portal, record) => {
    const deals = dealsOf(portal, type, record);
    return deals.length === 0 ? undefined : overDeals(portal, deals)?.toString();
  };
}

function dealsOf(portal: Portal, type: Customers, { id }: StoredRecord): readonly StoredRecord[] {
  const store = portal.objects.deals;
  return portal.associations
    .targets({ type, id }, 'deals')
    .map((dealId) => store.slotOf(dealId))
    .filter((slot) => slot !== undefined)
    .map((slot) => store.at(slot));
}

function dealCreated({ createdAt, properties }: StoredRecord): number {
  return parseInstant(properties['createdate'] ?? '') ?? createdAt;
}

function openDeals(portal: Portal, deals: readonly StoredRecord[]): number {
  return deals.filter((deal) => !isClosed(portal, deal)).length;
}

function latestWon(portal: Portal, deals: readonly StoredRecord[]): StoredRecord | undefined {
  const closeDate = ({ properties }: StoredRecord) => properties['closedate'] ?? '';
  return deals
    .filter((deal) => isWon(portal, deal))
    .toSorted((a, b) => closeDate(a).localeCompare(closeDate(b)))
    .at(-1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
