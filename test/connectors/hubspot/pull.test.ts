import { afterEach, describe, expect, it } from 'vitest';
import { fieldKeys } from '../../../src/domain/field.ts';
import { deltaAfter, fullPull, idsOf, pullAll } from '../../contract/pull-all.ts';
import { type PortalOptions, type PortalUnderTest, startPortal } from './portal-under-test.ts';

const signal = new AbortController().signal;
let portal: PortalUnderTest;

async function pulled(options: PortalOptions = {}) {
  portal = await startPortal(options);
  const connector = portal.open();
  const full = await pullAll(() => connector, fullPull);
  portal.settle();
  portal.sandbox.calls.reset();
  return { connector, full };
}

function count(endpoint: string): number {
  return portal.sandbox.calls.report().endpoints[endpoint]?.count ?? 0;
}

describe('pulling from HubSpot', () => {
  afterEach(async () => await portal.close());

  it('reads a large portal over ranges of ids, each record once, for a page more a range', async () => {
    portal = await startPortal({ contacts: 4_100, deals: 17_000 });
    const connector = portal.open();
    const plan = await connector.planPull(fullPull, signal);
    expect(plan.tasks).toHaveLength(2 + 8);
    expect(portal.calls()).toBeLessThanOrEqual(25);
    const { customers, deals } = await pullAll(() => connector, fullPull);
    expect(idsOf(customers)).toEqual(portal.liveIds('customers').toSorted());
    expect(idsOf(deals)).toEqual(portal.liveIds('deals').toSorted());
    expect(count('GET /crm/objects/contacts')).toBeLessThanOrEqual(41 + 2);
    expect(count('GET /crm/objects/deals')).toBeLessThanOrEqual(170 + 8);
  }, 30_000);

  it('reads all customers of a deal, however many', async () => {
    const { full } = await pulled();
    const sizes = full.deals.map(({ customers }) => customers?.length ?? 0);
    expect(Math.max(...sizes)).toBe(230);
    expect(sizes).toContain(0);
    const [most] = full.deals.filter(({ customers }) => customers?.length === 230);
    expect(new Set(most?.customers?.map(({ id }) => id)).size).toBe(230);
  });

  it('reads changes past one page, all stamped with the same moment', async () => {
    const { connector, full } = await pulled({ contacts: 700, deals: 1_300 });
    const now = portal.sandbox.clock.now();
    const stores = portal.sandbox.portal.objects;
    const touch = (type: 'contacts' | 'deals', wanted: number) => {
      const slots = [...stores[type].slotsFrom(0)].slice(0, wanted);
      for (const slot of slots)
        stores[type].write(slot, stores[type].at(slot).properties, now, '9');
    };
    touch('contacts', 450);
    touch('deals', 1_100);
    portal.settle();
    const delta = await pullAll(() => connector, deltaAfter(full));
    expect(idsOf(delta.customers)).toEqual(idsOf(full.customers.slice(0, 450)));
    expect(idsOf(delta.deals)).toEqual(idsOf(full.deals).slice(0, 1_100));
    const byId = new Map(full.deals.map((deal) => [deal.id, deal]));
    for (const deal of delta.deals)
      expect(deal).toMatchObject({ customers: byId.get(deal.id)?.customers ?? [] });
    // Counts, then ⌈450/200⌉ and ⌈1,100/200⌉ searches and ⌈1,100/1,000⌉ reads of customers.
    expect(portal.sandbox.calls.report().kinds.search).toBe(2 + 3 + 6);
    expect(count('POST /crm/associations/deals/contacts/batch/read')).toBeLessThanOrEqual(2 + 3);
  }, 30_000);

  it('reads every record when every record changed, in fewer calls than a list of all', async () => {
    const { connector, full } = await pulled({ contacts: 700, deals: 30 });
    for (const id of idsOf(full.customers)) await portal.edit('customers', id);
    portal.settle();
    const before = portal.calls();
    const delta = await pullAll(() => connector, deltaAfter(full));
    expect(idsOf(delta.customers)).toEqual(idsOf(full.customers));
    expect(portal.calls() - before).toBeLessThan(2 + 7 + 1);
  });

  it('sees a change that the index shows late, thanks to the look behind', async () => {
    const settings = { lookbackMs: 60_000 };
    const { connector, full } = await pulled({ indexLagMs: 20_000, settings });
    await portal.edit('customers', full.customers[0]?.id ?? '');
    portal.settle();
    const early = await pullAll(() => connector, deltaAfter(full));
    expect(early.customers).toEqual([]);
    portal.sandbox.clock.advance(30_000);
    const next = { ...deltaAfter(full), watermark: early.plan.watermark };
    const late = await pullAll(() => connector, next);
    expect(idsOf(late.customers)).toEqual([full.customers[0]?.id]);
  });

  it('sweeps once for what a sweep cannot explain', async () => {
    const { connector, full } = await pulled();
    const known = { customers: full.customers.length + 2, deals: full.deals.length };
    const sweeps = () => count('GET /crm/objects/contacts');
    const first = await pullAll(() => connector, deltaAfter(full, { known }));
    expect(sweeps()).toBe(1);
    portal.settle();
    const watermark = first.plan.watermark;
    const second = await pullAll(() => connector, { ...deltaAfter(full, { known }), watermark });
    expect(sweeps()).toBe(1);
    portal.settle();
    await portal.archive('customers', full.customers[9]?.id ?? '');
    const last = { ...deltaAfter(full, { known }), watermark: second.plan.watermark };
    const third = await pullAll(() => connector, last);
    expect(third.removals).toMatchObject([{ id: full.customers[9]?.id, kind: 'archived' }]);
  });

  it('reads everything again when the last full pull is old, or the watermark is not ours', async () => {
    const { connector, full } = await pulled();
    portal.sandbox.clock.advance(8 * 86_400_000);
    const fresh = portal.open();
    await expect(fresh.planPull(deltaAfter(full), signal)).resolves.toMatchObject({ mode: 'full' });
    const foreign = deltaAfter(full, { watermark: '{"version":9}' });
    await expect(connector.planPull(foreign, signal)).resolves.toMatchObject({ mode: 'full' });
  });

  it('reads everything again when another property is mapped or written', async () => {
    const { full } = await pulled();
    const modeOf = async (opening: Parameters<PortalUnderTest['opened']>[0]) =>
      (await portal.opened(opening).planPull(deltaAfter(full), signal)).mode;
    expect(await modeOf({})).toBe('delta');
    expect(await modeOf({ settings: { fields: { attributes: { trade: 'industry' } } } })).toBe(
      'full',
    );
    expect(await modeOf({ settings: { fields: { deal: { products: null } } } })).toBe('full');
    expect(await modeOf({ fields: [{ key: 'rfm', name: 'rfm' }] })).toBe('full');
  });

  it('reads changes by batch when the names are too long for a search', async () => {
    const name = (at: number) => `a_property_with_a_name_of_some_length_${at}`;
    const names = Array.from({ length: 45 }, (_, at) => [`attribute_${at}`, name(at)]);
    const fields = { attributes: { ...Object.fromEntries(names), trade: 'industry' } };
    const written = fieldKeys.map((key) => ({ key, name: key }));
    const world = { contacts: 300, deals: 30, fields: written };
    const { connector, full } = await pulled({ ...world, settings: { fields } });
    const changed = idsOf(full.customers.slice(20, 250));
    for (const id of changed) await portal.edit('customers', id);
    portal.settle();
    portal.sandbox.calls.reset();
    const delta = await pullAll(() => connector, deltaAfter(full));
    expect(idsOf(delta.customers)).toEqual(changed);
    const before = new Map(full.customers.map((customer) => [customer.id, customer]));
    for (const { id, attributes, country } of delta.customers) {
      expect(attributes).toEqual(before.get(id)?.attributes);
      expect(country).toBe('Elsewhere');
    }
    // ⌈230/200⌉ searches, each with its batches of 100.
    expect(count('POST /crm/objects/contacts/batch/read')).toBe(2 + 1);
  });

  it('brings phone, feedback, attributes, opt-out, discounts and products', async () => {
    const fields = { attributes: { trade: 'industry' }, optOut: 'do_not_score' };
    const { full } = await pulled({ settings: { fields } });
    const known = (customer: (typeof full.customers)[number]) =>
      customer.phone !== null && customer.feedback !== null && 'trade' in customer.attributes;
    expect(full.customers.some(known)).toBe(true);
    expect(full.customers.some(({ optedOut }) => optedOut)).toBe(true);
    const discounts = full.deals.map(({ discount, amount }) => {
      if (discount !== null) expect(discount.currency).toBe(amount?.currency);
      return discount?.minor ?? 0;
    });
    expect(Math.max(...discounts)).toBeGreaterThan(0);
    const lists = full.deals.flatMap(({ products }) => (products === null ? [] : [products]));
    expect(lists.length).toBeGreaterThan(0);
    for (const products of lists) expect(products).toEqual([...new Set(products)].toSorted());
  });

  it('refuses a cursor it did not write', async () => {
    const { connector } = await pulled({ contacts: 3, deals: 3 });
    const task = { key: 'x', object: 'deals', kind: 'scan', cursor: '{}', expected: null } as const;
    await expect(connector.pullPage(task, signal)).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    });
  });

  it('goes on without the marker when a person deleted its property', async () => {
    const { connector, full } = await pulled();
    await portal.edit('customers', full.customers[2]?.id ?? '');
    portal.settle();
    const at = new Date(portal.sandbox.clock.now()).toISOString();
    const ownWrites = [{ marker: 'run1', firstAt: at, lastAt: at, count: 1 }];
    const delta = await pullAll(() => connector, deltaAfter(full, { ownWrites }));
    expect(idsOf(delta.customers)).toEqual([full.customers[2]?.id]);
  });
});
