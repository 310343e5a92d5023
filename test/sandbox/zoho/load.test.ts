import { describe, expect, it } from 'vitest';
import { generatedWorld } from '../../../sandbox/data/generate.ts';
import { onlineRetail } from '../../../sandbox/data/online-retail.ts';
import { loadWorld as loadHubSpot } from '../../../sandbox/hubspot/load.ts';
import { Portal } from '../../../sandbox/hubspot/portal.ts';
import { loadWorld } from '../../../sandbox/zoho/load.ts';
import { Org } from '../../../sandbox/zoho/org.ts';
import { buyOn } from '../../../sandbox/zoho/purchase-day.ts';
import type { RecordEvent } from '../../../sandbox/zoho/record-store.ts';
import { checkValue } from '../../../sandbox/zoho/value-check.ts';
import { localDay } from '../../../src/lib/local-day.ts';

const NOW = Date.parse('2026-11-01T00:00:00Z');
const world = { homeCurrency: 'GBP', timeZone: 'Europe/London', clock: () => NOW } as const;

describe('the real orders in an org', () => {
  const org = new Org(world);
  const loaded = loadWorld(org, onlineRetail());
  const [contacts, deals] = [org.records.Contacts.byId(), org.records.Deals.byId()];

  it('are a contact a customer and a won deal an invoice', () => {
    expect(loaded).toEqual({ contacts: 4_372, deals: 25_900 });
    const stages = new Set(deals.map(({ values }) => String(values['Stage'])));
    expect([...stages].map((stage) => org.pipelines.stage(stage)?.forecastType)).toEqual([
      'Closed Won',
    ]);
  });

  it('keep number, amount, currency and the seller’s day of the invoice', () => {
    const deal = deals.find(({ values }) => values['Invoice_Number'] === '547834');
    expect(deal).toMatchObject({
      createdAt: Date.parse('2011-03-27T09:16:00Z'),
      modifiedAt: NOW,
      values: {
        ...{ Amount: 633.6, Currency: 'GBP', Exchange_Rate: 1, Closing_Date: '2011-03-27' },
        Deal_Name: 'Invoice 547834',
      },
    });
  });

  it('could have been written by an app: every value is valid in its field', () => {
    for (const [module, records] of [
      ['Contacts', contacts],
      ['Deals', deals],
    ] as const)
      for (const { values } of records)
        for (const [name, value] of Object.entries(values)) {
          const field = org.schema.field(module, name);
          const result = field && checkValue(org, field, value);
          expect(result, `${name}: ${value}`).toEqual({ ok: true, value });
        }
  });

  it('are the deals that HubSpot has of them', () => {
    const portal = new Portal({ ...world, companyCurrency: 'GBP' });
    loadHubSpot(portal, onlineRetail());
    const { deals: store, contacts: people } = portal.objects;
    const theirs = Array.from(store.slotsFrom(0), (slot) => {
      const { id, properties } = store.at(slot);
      const [contact] = portal.associations.targets({ type: 'deals', id }, 'contacts');
      const slotOf = contact === undefined ? undefined : people.slotOf(contact);
      return [
        properties['invoice_number'],
        Number(properties['amount']),
        localDay(Date.parse(properties['closedate'] ?? ''), world.timeZone),
        slotOf === undefined ? null : people.at(slotOf).properties['external_id'],
        ...['due_date', 'paid_date', 'products'].map((name) => properties[name] ?? null),
        properties['discount_amount'] === undefined ? null : Number(properties['discount_amount']),
      ];
    });
    const ours = deals.map(({ values }) => [
      ...[values['Invoice_Number'], values['Amount'], values['Closing_Date']],
      org.records.Contacts.get(String(values['Contact_Name']))?.values['External_Id'] ?? null,
      ...['Due_Date', 'Paid_Date', 'Products', 'Discount_Amount'].map((name) => values[name]),
    ]);
    expect(ours).toEqual(theirs);
  });
});

describe('a world in an org', () => {
  const small = generatedWorld({ contacts: 500, deals: 1_000, seed: 3 });
  const options = { ...world, homeCurrency: small.currency, timeZone: small.timeZone };
  const day = { day: '2026-11-02', share: 0.02, seed: 9 };

  it('may have been modified over a time, several in a second', () => {
    const org = new Org(options);
    loadWorld(org, small, { loadedAt: NOW, modifiedSpread: 100_000 });
    const times = org.records.Contacts.byId().map(({ modifiedAt }) => modifiedAt);
    expect([times[0], times.at(-1)]).toEqual([NOW - 100_000, NOW]);
    expect(new Set(times).size).toBe(101);
    expect(times.every((time) => time % 1_000 === 0)).toBe(true);
  });

  it('has no currency on its deals where the org has one only, and needs the right one', () => {
    const org = new Org({ ...options, edition: 'professional' });
    loadWorld(org, small);
    expect(org.records.Deals.byId()[0]?.values).not.toHaveProperty('Currency');
    expect(() => loadWorld(new Org({ homeCurrency: 'JPY' }), small)).toThrow(small.currency);
  });

  it('goes on: on a day two customers in a hundred buy, each now and announced', () => {
    const org = new Org(options);
    loadWorld(org, small, { loadedAt: NOW - 86_400_000 });
    const events: RecordEvent[] = [];
    org.records.Deals.onEvent((event) => events.push(event));
    const deals = buyOn(org, small, day);
    expect(deals).toHaveLength(10);
    expect(events.map(({ kind, record }) => [kind, record.id])).toEqual(
      deals.map((id) => ['create', id]),
    );
    for (const id of deals) {
      const deal = org.records.Deals.get(id);
      expect(deal).toMatchObject({ modifiedAt: NOW, createdBy: org.users.other.id });
      expect(deal?.values).toMatchObject({ Closing_Date: '2026-11-02', Stage: 'Closed Won' });
      expect(org.records.Contacts.get(String(deal?.values['Contact_Name']))).toBeDefined();
    }
  });

  it('passes over customers whose contact is deleted', () => {
    const org = new Org(options);
    loadWorld(org, small);
    const [first] = org.records.Contacts.byId();
    const deletion = { type: 'recycle', deletedAt: NOW, deletedBy: '' } as const;
    org.records.Contacts.delete(first?.id ?? '', deletion);
    expect(buyOn(org, small, { ...day, share: 1 })).toHaveLength(499);
  });
});
