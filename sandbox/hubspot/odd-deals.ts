import { assertNever } from '../../src/lib/assert-never.ts';
import type { Properties } from './record.ts';

/** What real portals hold and no tidy data set does. */
export const DEAL_ODDITIES = [
  'no amount',
  'no close date',
  'no contact',
  'no currency',
  'other currency',
  'unknown currency',
  'future close date',
  'lost',
  'open',
  'two contacts',
  'three hundred contacts',
] as const;
export type DealOddity = (typeof DEAL_ODDITIES)[number];

/** A deal on its way into a portal. */
export interface DealDraft {
  readonly createdAt: number;
  readonly properties: Properties;
  readonly contacts: readonly number[];
}

/** What a distortion may draw on. */
export interface Surroundings {
  /** Every contact's record id. */
  readonly contacts: readonly number[];
  /** Now, in epoch milliseconds. */
  readonly now: number;
}

/** A currency that odd portals have besides the company's own, with a rate. */
export const OTHER_CURRENCY = { code: 'EUR', rate: 0.86 } as const;
/** One that no account settings name; deals keep it when the currency is taken away later. */
const UNKNOWN_CURRENCY = 'XTS';
/** One deal in this many is odd: four in a hundred, taking the oddities in turn. */
const ONE_IN = 25;
const MANY_CONTACTS = 300;
const FUTURE_MS = 90 * 86_400_000;

/** What is odd about the deal at this place; nothing about most. */
export function oddityAt(index: number): DealOddity | undefined {
  if (index % ONE_IN !== ONE_IN - 1) return undefined;
  return DEAL_ODDITIES[Math.floor(index / ONE_IN) % DEAL_ODDITIES.length];
}

/** The deal as it looks after somebody has been careless with it. */
export function distort(deal: DealDraft, oddity: DealOddity, around: Surroundings): DealDraft {
  const { properties, contacts } = deal;
  switch (oddity) {
    case 'no amount':
      return { ...deal, properties: without(properties, 'amount') };
    case 'no close date':
      return { ...deal, properties: without(properties, 'closedate') };
    case 'no contact':
      return { ...deal, contacts: [] };
    case 'no currency':
      return { ...deal, properties: without(properties, 'deal_currency_code') };
    case 'other currency':
      return changed(deal, { deal_currency_code: OTHER_CURRENCY.code });
    case 'unknown currency':
      return changed(deal, { deal_currency_code: UNKNOWN_CURRENCY });
    case 'future close date':
      return changed(deal, { closedate: new Date(around.now + FUTURE_MS).toISOString() });
    case 'lost':
      return changed(deal, { dealstage: 'closedlost' });
    case 'open':
      return changed(deal, { dealstage: 'contractsent' });
    case 'two contacts':
      return { ...deal, contacts: crowd(contacts, around, 2) };
    case 'three hundred contacts':
      return { ...deal, contacts: crowd(contacts, around, MANY_CONTACTS) };
    default:
      return assertNever(oddity);
  }
}

function changed(deal: DealDraft, properties: Properties): DealDraft {
  return { ...deal, properties: { ...deal.properties, ...properties } };
}

function without(properties: Properties, name: string): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([each]) => each !== name));
}

/** The deal's own contacts, and others from the front until there are so many. */
function crowd(own: readonly number[], { contacts }: Surroundings, size: number) {
  return [...new Set([...own, ...contacts.slice(0, size)])].slice(0, size);
}
