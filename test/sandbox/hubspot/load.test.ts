import { describe, expect, it } from 'vitest';
import { generatedWorld } from '../../../sandbox/data/generate.ts';
import { onlineRetail } from '../../../sandbox/data/online-retail.ts';
import { loadWorld } from '../../../sandbox/hubspot/load.ts';
import { DEAL_ODDITIES } from '../../../sandbox/hubspot/odd-deals.ts';
import { Portal } from '../../../sandbox/hubspot/portal.ts';
import type { StoredRecord } from '../../../sandbox/hubspot/record.ts';

const LOADED_AT = Date.parse('2026-11-01T00:00:00Z');

function newPortal(): Portal {
  return new Portal({ clock: () => LOADED_AT, companyCurrency: 'GBP', timeZone: 'Europe/London' });
}

function allOf(portal: Portal, type: 'contacts' | 'companies' | 'deals'): readonly StoredRecord[] {
  const store = portal.objects[type];
  return Array.from(store.slotsFrom(0), (slot) => store.at(slot));
}

function byProperty(records: readonly StoredRecord[], name: string, value: string) {
  return records.find(({ properties }) => properties[name] === value);
}

describe('the real orders in a portal', () => {
  const portal = newPortal();
  const loaded = loadWorld(portal, onlineRetail());
  const contacts = allOf(portal, 'contacts');
  const deals = allOf(portal, 'deals');

  it('are a contact a customer and a won deal an invoice, and nothing else', () => {
    expect(loaded).toEqual({
      ...{ contacts: 4_372, companies: 0, deals: 25_900 },
      ...{ oddDeals: {}, sharedEmails: [] },
    });
    expect(contacts).toHaveLength(4_372);
    expect(deals).toHaveLength(25_900);
    expect(new Set(deals.map(({ properties }) => properties['dealstage']))).toEqual(
      new Set(['closedwon']),
    );
  });

  it('keep number, amount, currency and time of the invoice', () => {
    expect(byProperty(deals, 'invoice_number', '547834')).toMatchObject({
      createdAt: Date.parse('2011-03-27T09:16:00Z'),
      updatedAt: LOADED_AT,
      properties: {
        amount: '633.60',
        deal_currency_code: 'GBP',
        closedate: '2011-03-27T09:16:00.000Z',
        pipeline: 'default',
      },
    });
    const cancelled = deals.filter(({ properties }) => properties['amount']?.startsWith('-'));
    expect(cancelled).toHaveLength(3_836 + 2);
  });

  it('link each deal to its contact, from both sides, and leave 3,710 deals alone', () => {
    const alone = deals.filter(
      ({ id }) => portal.associations.targets({ type: 'deals', id }, 'contacts').length === 0,
    );
    expect(alone).toHaveLength(3_710);
    const deal = byProperty(deals, 'invoice_number', '536365')?.id ?? 0;
    const contact = byProperty(contacts, 'external_id', '17850')?.id ?? 0;
    const [from, to] = [
      { type: 'deals', id: deal },
      { type: 'contacts', id: contact },
    ] as const;
    expect(portal.associations.typesOf(from, to).map(({ typeId }) => typeId)).toEqual([3]);
    expect(portal.associations.typesOf(to, from).map(({ typeId }) => typeId)).toEqual([4]);
    expect(portal.associations.targets(to, 'deals')).toHaveLength(35);
  });

  it('could have been written by an app: every value is valid in the schema', () => {
    for (const [type, records] of [
      ['contacts', contacts],
      ['deals', deals],
    ] as const)
      for (const { properties } of records)
        expect(portal.schema.validateWrite(type, properties)).toEqual([]);
  });

  it('leave out what nobody knows', () => {
    const unknown = contacts.filter(({ properties }) => properties['birthday'] === undefined);
    expect(unknown.length).toBeGreaterThan(500);
    expect(contacts.every(({ properties }) => !Object.values(properties).includes(''))).toBe(true);
  });
});

describe('a world loaded with companies', () => {
  const portal = newPortal();
  const loaded = loadWorld(portal, generatedWorld({ contacts: 300, deals: 900, seed: 1 }), {
    companies: true,
  });

  it('gives every contact one primary company, and its deals the same one', () => {
    expect(loaded.companies).toBe(allOf(portal, 'companies').length);
    expect(loaded.companies).toBeGreaterThan(50);
    for (const { id } of allOf(portal, 'deals')) {
      const [contact] = portal.associations.targets({ type: 'deals', id }, 'contacts');
      if (contact === undefined) continue;
      const from = { type: 'contacts', id: contact } as const;
      const firms = portal.associations.targets(from, 'companies');
      expect(firms).toHaveLength(1);
      expect(portal.associations.targets({ type: 'deals', id }, 'companies')).toEqual(firms);
      const to = { type: 'companies', id: firms[0] ?? 0 } as const;
      const types = portal.associations.typesOf(from, to).map(({ typeId }) => typeId);
      expect(types).toEqual([279, 1]);
    }
  });
});

describe('a world loaded with oddities', () => {
  const portal = newPortal();
  const world = generatedWorld({ contacts: 1_000, deals: 3_000, seed: 1 });
  const loaded = loadWorld(portal, world, { oddities: true });
  const odd = (kind: (typeof DEAL_ODDITIES)[number]) =>
    (loaded.oddDeals[kind] ?? []).map((id) => {
      const slot = portal.objects.deals.slotOf(id) ?? -1;
      const contacts = portal.associations.targets({ type: 'deals', id }, 'contacts');
      return { ...portal.objects.deals.at(slot), contacts: contacts.length };
    });

  it('spoils four deals in a hundred, each kind among them', () => {
    expect(Object.keys(loaded.oddDeals).toSorted()).toEqual([...DEAL_ODDITIES].toSorted());
    expect(Object.values(loaded.oddDeals).flat()).toHaveLength(3_000 / 25);
  });

  it('says which are spoilt, and how', () => {
    expect(odd('no amount').every((deal) => deal.properties['amount'] === undefined)).toBe(true);
    expect(odd('no close date').every((deal) => deal.properties['closedate'] === undefined)).toBe(
      true,
    );
    expect(
      odd('no currency').every((deal) => deal.properties['deal_currency_code'] === undefined),
    ).toBe(true);
    expect(odd('no contact').every((deal) => deal.contacts === 0)).toBe(true);
    expect(odd('two contacts').every((deal) => deal.contacts === 2)).toBe(true);
    expect(odd('three hundred contacts').every((deal) => deal.contacts === 300)).toBe(true);
    for (const deal of odd('future close date'))
      expect(Date.parse(deal.properties['closedate'] ?? '')).toBeGreaterThan(LOADED_AT);
  });

  it('lets contacts share an e-mail', () => {
    expect(loaded.sharedEmails).toHaveLength(10);
    const emails = allOf(portal, 'contacts').map(({ properties }) => properties['email']);
    expect(new Set(emails).size).toBe(1_000 - 10);
  });
});
