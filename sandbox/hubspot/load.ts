import { companyOf } from '../data/invented-company.ts';
import type { World, WorldCustomer, WorldOrder } from '../data/world.ts';
import { type DealDraft, type DealOddity, distort, OTHER_CURRENCY, oddityAt } from './odd-deals.ts';
import type { Portal } from './portal.ts';
import { ensureWorldProperties } from './world-properties.ts';
import { companyProperties, contactProperties, dealProperties } from './world-records.ts';

/** How a world is put into a portal. */
export interface LoadOptions {
  /** Epoch milliseconds; the modified date of every record. Default: the portal's clock. */
  readonly loadedAt?: number;
  /** Invents firms, and links contacts and deals to them as their primary company. Default false. */
  readonly companies?: boolean;
  /** Spoils four deals in a hundred and some contacts, as real portals have it. Default false. */
  readonly oddities?: boolean;
}

/** What was loaded. */
export interface Loaded {
  readonly contacts: number;
  readonly companies: number;
  readonly deals: number;
  /** Record ids of what is odd; empty unless asked for. */
  readonly oddDeals: Readonly<Partial<Record<DealOddity, readonly number[]>>>;
  /** Record ids of contacts that share the e-mail of the contact before them. */
  readonly sharedEmails: readonly number[];
}

/** One contact in this many shares an e-mail with the one before. */
const SHARED_EMAIL_ONE_IN = 100;
const PRIMARY = { contacts: 1, deals: 5 } as const;

/**
 * Puts a world into a portal: customers become contacts, invoices won deals, each linked to its
 * contact in both directions. Records keep the dates of the data; all were last modified at
 * `loadedAt`. Nothing is validated and nothing announced: this is how the portal was before.
 */
export function loadWorld(portal: Portal, world: World, options: LoadOptions = {}): Loaded {
  ensureWorldProperties(portal);
  if (options.oddities === true)
    portal.currencies.setRate(OTHER_CURRENCY.code, OTHER_CURRENCY.rate);
  const loader = new Loader(portal, world, options);
  for (const customer of world.customers) loader.loadCustomer(customer);
  for (const order of world.orders) loader.loadOrder(order);
  return loader.loaded();
}

class Loader {
  readonly #portal: Portal;
  readonly #world: World;
  readonly #options: LoadOptions;
  readonly #loadedAt: number;
  readonly #contacts: number[] = [];
  readonly #contactOf = new Map<string, number>();
  readonly #companies = new Map<string, number>();
  readonly #companyOf = new Map<number, number>();
  readonly #oddDeals = new Map<DealOddity, number[]>();
  readonly #sharedEmails: number[] = [];
  #deals = 0;
  #lastEmail = '';

  constructor(portal: Portal, world: World, options: LoadOptions) {
    this.#portal = portal;
    this.#world = world;
    this.#options = options;
    this.#loadedAt = options.loadedAt ?? portal.clock();
  }

  loadCustomer(customer: WorldCustomer): void {
    const isShared =
      this.#options.oddities === true &&
      this.#contacts.length % SHARED_EMAIL_ONE_IN === SHARED_EMAIL_ONE_IN - 1;
    const email = isShared ? this.#lastEmail : customer.email;
    const id = this.#portal.objects.contacts.load({
      createdAt: Date.parse(customer.createdAt),
      updatedAt: this.#loadedAt,
      properties: contactProperties({ ...customer, email }),
    });
    this.#lastEmail = email;
    if (isShared) this.#sharedEmails.push(id);
    this.#contacts.push(id);
    this.#contactOf.set(customer.externalId, id);
    if (this.#options.companies === true) this.#employ(id, customer);
  }

  loadOrder(order: WorldOrder): void {
    const contact = this.#contactOf.get(order.customerId ?? '');
    const plain: DealDraft = {
      createdAt: Date.parse(order.placedAt),
      properties: dealProperties(order, this.#world.currency),
      contacts: contact === undefined ? [] : [contact],
    };
    const oddity = this.#options.oddities === true ? oddityAt(this.#deals) : undefined;
    const around = { contacts: this.#contacts, now: this.#loadedAt };
    const deal = oddity === undefined ? plain : distort(plain, oddity, around);
    const id = this.#loadDeal(deal);
    if (oddity !== undefined) this.#noteOddity(oddity, id);
    this.#deals += 1;
  }

  loaded(): Loaded {
    return {
      contacts: this.#contacts.length,
      companies: this.#companies.size,
      deals: this.#deals,
      oddDeals: Object.fromEntries(this.#oddDeals),
      sharedEmails: this.#sharedEmails,
    };
  }

  #loadDeal({ createdAt, properties, contacts }: DealDraft): number {
    const { objects, associations } = this.#portal;
    const id = objects.deals.load({ createdAt, updatedAt: this.#loadedAt, properties });
    for (const contact of contacts) associations.load('deals', 'contacts', [[id, contact]]);
    const company = this.#companyOf.get(contacts[0] ?? 0);
    if (company !== undefined) this.#linkPrimary('deals', id, company);
    return id;
  }

  #employ(contact: number, customer: WorldCustomer): void {
    const firm = companyOf(customer.externalId, this.#world.customerCount);
    const known = this.#companies.get(firm.externalId);
    const company =
      known ??
      this.#portal.objects.companies.load({
        createdAt: Date.parse(customer.createdAt),
        updatedAt: this.#loadedAt,
        properties: companyProperties(firm),
      });
    this.#companies.set(firm.externalId, company);
    this.#companyOf.set(contact, company);
    this.#linkPrimary('contacts', contact, company);
  }

  #linkPrimary(type: 'contacts' | 'deals', id: number, company: number): void {
    const { associations } = this.#portal;
    const primary = associations.types.get(PRIMARY[type]);
    const [from, to] = [
      { type, id },
      { type: 'companies', id: company },
    ] as const;
    associations.link(from, to);
    if (primary !== undefined) associations.addLabel(from, to, primary);
  }

  #noteOddity(oddity: DealOddity, id: number): void {
    const known = this.#oddDeals.get(oddity) ?? [];
    this.#oddDeals.set(oddity, [...known, id]);
  }
}
