import type { World } from '../data/world.ts';
import type { Org } from './org.ts';
import type { StoredRecord, StoredValues } from './record.ts';
import { ensureWorldFields } from './world-fields.ts';
import { contactValues, dealMapping, dealValues } from './world-records.ts';

/** How a world is put into an org. */
export interface LoadOptions {
  /** Epoch milliseconds; when every record was last modified. Default: the org's clock. */
  readonly loadedAt?: number;
  /**
   * Milliseconds over which the modified times are spread, evenly and up to `loadedAt`. Default 0:
   * all in one second, as an import leaves them.
   */
  readonly modifiedSpread?: number;
}

/** How many records were loaded. */
export interface Loaded {
  readonly contacts: number;
  readonly deals: number;
}

/**
 * Puts a world into an org: customers become contacts, invoices won deals that name their contact.
 * Records keep the dates of the data. Nothing is checked and nothing announced: this is how the org
 * was before.
 */
export function loadWorld(org: Org, world: World, options: LoadOptions = {}): Loaded {
  ensureWorldFields(org);
  const { loadedAt = org.now(), modifiedSpread = 0 } = options;
  const by = org.users.other.id;
  const contactOf = new Map<string, string>();
  const contacts = new Spread(loadedAt, modifiedSpread, world.customerCount);
  for (const customer of world.customers) {
    const record = loadedRecord(org, contactValues(customer), customer.createdAt, contacts, by);
    org.records.Contacts.load(record);
    contactOf.set(customer.externalId, record.id);
  }
  const mapping = dealMapping(org, world);
  const deals = new Spread(loadedAt, modifiedSpread, world.orderCount);
  for (const order of world.orders) {
    const contact = contactOf.get(order.customerId ?? '') ?? null;
    const values = dealValues(order, contact, mapping);
    org.records.Deals.load(loadedRecord(org, values, order.placedAt, deals, by));
  }
  return { contacts: contacts.given, deals: deals.given };
}

/** Gives modified times one after the other: so many, evenly, the last at the end. */
class Spread {
  given = 0;
  readonly #end: number;
  readonly #step: number;
  readonly #count: number;

  constructor(end: number, width: number, count: number) {
    this.#end = end;
    this.#count = count;
    this.#step = count > 1 ? width / (count - 1) : 0;
  }

  next(): number {
    this.given += 1;
    return wholeSeconds(this.#end - (this.#count - this.given) * this.#step);
  }
}

function loadedRecord(
  org: Org,
  values: StoredValues,
  createdAt: string,
  modified: Spread,
  by: string,
): StoredRecord {
  return {
    ...{ id: org.ids.take(), values },
    createdAt: wholeSeconds(Date.parse(createdAt)),
    modifiedAt: modified.next(),
    ...{ createdBy: by, modifiedBy: by, tags: noTags, state: 'open' },
  };
}

const noTags: readonly string[] = [];

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000;
}
