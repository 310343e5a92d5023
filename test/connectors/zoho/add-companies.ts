import type { Org } from '../../../sandbox/zoho/org.ts';

/** Contacts that work for one company. */
const staff = 2;

/** Gives every contact and its deals a company, as if it had been so when they were loaded. */
export function addCompanies(org: Org, loadedAt: number): void {
  const { Contacts, Accounts, Deals } = org.records;
  const by = org.users.other.id;
  const employer = new Map<string, string>();
  const contacts = Contacts.byId();
  for (let first = 0; first < contacts.length; first += staff) {
    const id = org.ids.take();
    const at = Math.floor(loadedAt / 1_000) * 1_000 - contacts.length * 1_000 + first * 1_000;
    Accounts.load({
      ...{ id, createdAt: at, modifiedAt: at, createdBy: by, modifiedBy: by },
      values: { Account_Name: `Company ${first / staff}`, Billing_Country: 'Utopia' },
      ...{ tags: [], state: 'open' },
    });
    for (const contact of contacts.slice(first, first + staff)) employer.set(contact.id, id);
  }
  for (const contact of contacts)
    contact.values = { ...contact.values, Account_Name: employer.get(contact.id) ?? null };
  for (const deal of Deals.byId()) {
    const Account_Name = employer.get(String(deal.values['Contact_Name'])) ?? null;
    deal.values = { ...deal.values, Account_Name };
  }
}
