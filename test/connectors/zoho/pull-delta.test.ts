import { afterEach, describe, expect, it } from 'vitest';
import type { PullRequest } from '../../../src/connector/pull.ts';
import {
  deltaAfter,
  fullPull,
  idsOf,
  type Pulled,
  type Puller,
  pullAll,
} from '../../contract/pull-all.ts';
import { type Reader, type ReadingOrg, type ReadingSetup, startReading } from './reading-org.ts';

let crm: ReadingOrg;

async function pulled(setup: ReadingSetup = {}) {
  crm = await startReading(setup);
  const reader = crm.open();
  const full = await pullAll(() => reader, fullPull);
  later();
  crm.cost();
  return { reader, full };
}

function later(seconds = 5): void {
  crm.sandbox.clock.advance(seconds * 1_000);
}

/** The delta after what came last; what is stored follows from `full` and the removals since. */
async function next(reader: Puller, last: Pulled, known: Partial<PullRequest['known']> = {}) {
  const counts = {
    customers: crm.liveIds('Contacts').length,
    deals: crm.liveIds('Deals').length,
    ...known,
  };
  return await pullAll(() => reader, deltaAfter(last, { known: counts }));
}

const nothing = { customers: 0, deals: 0, removals: 0 };

function sizes({ customers, deals, removals }: Pulled) {
  return { customers: customers.length, deals: deals.length, removals: removals.length };
}

describe('reading what changed in Zoho', () => {
  afterEach(async () => await crm.close());

  it('costs six calls and eight credits when nothing changed, nine for a new process', async () => {
    const { reader, full } = await pulled();
    const idle = await next(reader, full);
    expect(crm.cost()).toEqual({ calls: 6, credits: 8 });
    expect(sizes(idle)).toEqual(nothing);
    await next(crm.open(), idle);
    expect(crm.cost()).toEqual({ calls: 7, credits: 9 });
  });

  it('costs no page beyond the plan for few changes', async () => {
    const { reader, full } = await pulled();
    crm.touch('Contacts', crm.liveIds('Contacts').slice(0, 150));
    const delta = await next(reader, full);
    expect(delta.customers).toHaveLength(150);
    expect(crm.cost()).toEqual({ calls: 6, credits: 8 });
  });

  it('reads many changes in pages of 2,000 for 3 credits, behind the newest 200', async () => {
    const { reader, full } = await pulled({ contacts: 3_000, deals: 10 });
    const changed = crm.liveIds('Contacts').slice(100, 2_500);
    for (const [index, id] of changed.entries()) crm.touch('Contacts', [id], index * 1_000);
    later(3_000);
    const delta = await next(reader, full);
    expect(idsOf(delta.customers)).toEqual(changed.toSorted());
    // Beside the six calls of an idle one: 2,200 rows are a full page and another.
    expect(crm.cost()).toEqual({ calls: 6 + 2, credits: 8 + 3 + 3 });
    expect(sizes(await next(reader, delta))).toEqual(nothing);
  });

  it('reads rows that share one second across the pages, each once', async () => {
    const { reader, full } = await pulled({
      contacts: 700,
      deals: 1_300,
      settings: { coqlRows: 90 },
    });
    crm.touch('Contacts', crm.liveIds('Contacts').slice(0, 450));
    crm.touch('Deals', crm.liveIds('Deals').slice(0, 1_100));
    later();
    const delta = await next(reader, full);
    expect(idsOf(delta.customers)).toEqual(crm.liveIds('Contacts').slice(0, 450).toSorted());
    expect(idsOf(delta.deals)).toEqual(crm.liveIds('Deals').slice(0, 1_100).toSorted());
    // The second was left whole behind: nothing of it comes again, and what shares it later is lost to none.
    expect(sizes(await next(reader, delta))).toEqual(nothing);
  });

  it('goes on in a new process after every page, and yields the same', async () => {
    const { reader, full } = await pulled({ contacts: 900, deals: 900 });
    crm.touch('Contacts', crm.liveIds('Contacts').slice(0, 700));
    crm.touch('Deals', crm.liveIds('Deals').slice(0, 50));
    const [gone = ''] = crm.liveIds('Contacts').slice(800);
    await crm.other.remove('Contacts', gone);
    later();
    const known = { customers: 900, deals: 900 };
    const once = await next(reader, full, known);
    const resumed = await pullAll(() => crm.open(), deltaAfter(full, { known }));
    expect(idsOf(resumed.customers)).toEqual(idsOf(once.customers));
    expect(idsOf(resumed.deals)).toEqual(idsOf(once.deals));
    expect(resumed.removals).toEqual(once.removals);
    expect(once.removals).toHaveLength(1);
  });

  it('looks behind the last row for what was shown late, and yields nothing of it twice', async () => {
    const { reader, full } = await pulled({ settings: { lookbackMs: 60_000 } });
    const [one = '', two = '', three = ''] = crm.liveIds('Contacts');
    later(600);
    crm.touch('Contacts', [one]);
    later();
    const first = await next(reader, full);
    expect(idsOf(first.customers)).toEqual([one]);
    // A slow transaction: its time lies before the row that was seen.
    crm.touch('Contacts', [two], -30_000);
    const second = await next(reader, first);
    expect(idsOf(second.customers)).toEqual([two]);
    crm.touch('Contacts', [one, three]);
    later();
    const third = await next(reader, second);
    expect(idsOf(third.customers)).toEqual([one, three].toSorted());
    expect(sizes(await next(reader, third))).toEqual(nothing);
  });

  it('never moves on without a row: what comes with an older time than now is found', async () => {
    const { reader, full } = await pulled();
    later(3_600);
    const idle = await next(reader, full);
    crm.touch('Contacts', crm.liveIds('Contacts').slice(0, 1), -1_800_000);
    expect(sizes(await next(reader, idle))).toEqual({ ...nothing, customers: 1 });
  });

  it('reports what was deleted once, and what is deleted for good as erased', async () => {
    const { reader, full } = await pulled({ settings: { lookbackMs: 60_000 } });
    const [contact = ''] = crm.liveIds('Contacts');
    const [deal = ''] = crm.liveIds('Deals');
    await crm.other.remove('Contacts', contact);
    await crm.other.remove('Deals', deal);
    later();
    const first = await next(reader, full, { customers: 230, deals: 610 });
    expect(first.removals).toEqual([
      { object: 'customers', id: contact, kind: 'archived' },
      { object: 'deals', id: deal, kind: 'archived' },
    ]);
    const second = await next(reader, first);
    expect(sizes(second)).toEqual(nothing);
    await crm.other.call('DELETE', `/settings/recycle_bin/${contact}`);
    later();
    const third = await next(reader, second);
    expect(third.removals).toEqual([{ object: 'customers', id: contact, kind: 'erased' }]);
  });

  it('finds a restored record by its count, though no time moved', async () => {
    const { reader, full } = await pulled();
    const [contact = ''] = crm.liveIds('Contacts').slice(7);
    await crm.other.remove('Contacts', contact);
    later();
    const gone = await next(reader, full, { customers: 230 });
    expect(gone.removals).toHaveLength(1);
    const before = crm.org.records.Contacts.getDeleted(contact)?.record.modifiedAt;
    await crm.other.call('POST', `/settings/recycle_bin/${contact}/actions/restore`);
    expect(crm.org.records.Contacts.get(contact)?.modifiedAt).toBe(before);
    later();
    const back = await next(reader, gone, { customers: 229 });
    // Its deals are its own again, though their times did not move either.
    expect(back.plan.complete).toEqual(['customers', 'deals']);
    expect(back.plan.reason).toContain('other than the 229 stored ones are there');
    expect(idsOf(back.customers)).toContain(contact);
    later();
    const idle = await next(reader, back);
    expect(idle.plan.complete).toEqual([]);
    expect(sizes(idle)).toEqual(nothing);
  });

  it('reads everything twice for a difference that this does not explain, not each time', async () => {
    const { reader, full } = await pulled();
    const known = { customers: 232 };
    const first = await next(reader, full, known);
    expect(first.plan.complete).toEqual(['customers', 'deals']);
    later();
    const second = await next(reader, first, known);
    expect(second.plan.complete).toEqual(['customers', 'deals']);
    later();
    const third = await next(reader, second, known);
    expect(third.plan.complete).toEqual([]);
    const [contact = ''] = crm.liveIds('Contacts');
    await crm.other.remove('Contacts', contact);
    later();
    const fourth = await next(reader, third, known);
    expect(fourth.removals).toMatchObject([{ id: contact }]);
    expect(fourth.plan.complete).toEqual([]);
  });

  it('lists everything when more was deleted than can be listed', async () => {
    const { reader, full } = await pulled({ contacts: 2_300, deals: 5 });
    for (const id of crm.liveIds('Contacts').slice(0, 2_100))
      crm.org.records.Contacts.delete(id, {
        ...{ type: 'recycle', deletedAt: crm.org.now(), deletedBy: crm.org.users.other.id },
      });
    later();
    const delta = await next(reader, full, { customers: 2_300 });
    // Any of them may have been merged, so the deals are read again too.
    expect(delta.plan.complete).toEqual(['customers', 'deals']);
    expect(delta.customers).toHaveLength(200);
  });

  it('leads the deals of a merged contact to the one that is left', async () => {
    const { reader, full } = await pulled();
    crm.stores(full.deals);
    const buyer = full.deals[3]?.customers?.[0]?.id ?? '';
    const [master = ''] = crm.liveIds('Contacts').filter((id) => id !== buyer);
    const theirs = full.deals.filter(({ customers }) => customers?.[0]?.id === buyer);
    await crm.other.merge('Contacts', master, buyer);
    later();
    const delta = await next(reader, full, { customers: 230 });
    expect(delta.removals).toEqual([{ object: 'customers', id: buyer, kind: 'erased' }]);
    expect(idsOf(delta.customers)).toEqual([master]);
    expect(idsOf(delta.deals)).toEqual(idsOf(theirs));
    for (const { customers } of delta.deals)
      expect(customers).toEqual([{ id: master, primary: true }]);
  });

  it('takes a converted lead as the new contact and deal that it became', async () => {
    const { reader, full } = await pulled();
    const created = await crm.other.call('POST', '/Leads', {
      data: [{ Last_Name: 'Lovelace', Company: 'Engines', Email: 'ada@example.org' }],
    });
    const lead = String(JSON.stringify(created).match(/"id":"(\d+)"/)?.[1]);
    later();
    expect(sizes(await next(reader, full))).toEqual(nothing);
    await crm.other.call('POST', `/Leads/${lead}/actions/convert`, {
      data: [{ Deals: { Deal_Name: 'First', Stage: 'Qualification', Closing_Date: '2026-12-01' } }],
    });
    later();
    const delta = await next(reader, full, { customers: 230, deals: 610 });
    expect(delta.customers).toMatchObject([{ name: 'Lovelace', email: 'ada@example.org' }]);
    expect(delta.deals).toMatchObject([{ status: 'open' }]);
  });

  it('compares with what was created while everything was read', async () => {
    const { reader, full } = await pulled();
    // Stored with the full pull although its horizon lies before them.
    const made = await crm.other.call('POST', '/Contacts', {
      data: [{ Last_Name: 'New' }, { Last_Name: 'Newer' }],
    });
    expect(JSON.stringify(made)).toContain('SUCCESS');
    later();
    for (const customers of [230, 231, 232]) {
      const delta = await next(crm.open(), full, { customers });
      expect(delta.plan.complete).toEqual([]);
      expect(delta.customers).toHaveLength(2);
    }
    const delta = await next(reader, full, { customers: 233 });
    expect(delta.plan.complete).toEqual(['customers', 'deals']);
  });

  it('reads everything again after some days, and when other fields are mapped or written', async () => {
    const { full } = await pulled();
    const modeOf = async (reader: Reader) =>
      (await reader.planPull(deltaAfter(full), new AbortController().signal)).mode;
    expect(await modeOf(crm.open())).toBe('delta');
    expect(await modeOf(crm.open({ settings: { fields: { phone: 'Mobile' } } }))).toBe('full');
    expect(await modeOf(crm.open({ settings: { dealContacts: 'roles' } }))).toBe('full');
    expect(await modeOf(crm.open({ fields: [{ key: 'rfm', name: 'rfm' }] }))).toBe('full');
    later(8 * 86_400);
    expect(await modeOf(crm.open())).toBe('full');
  });

  it('lists nothing completely soon after a listing that was not believed, and makes up for it', async () => {
    const { reader, full } = await pulled();
    const known = { customers: 232 };
    const counts = { ...known, deals: crm.liveIds('Deals').length };
    const resting = deltaAfter(full, { known: counts, mayList: false });
    later(8 * 86_400);
    const delta = await pullAll(() => reader, resting);
    expect(delta.plan).toMatchObject({ mode: 'delta', complete: [] });
    const due = await next(reader, delta, known);
    expect(due.plan).toMatchObject({ mode: 'full', complete: ['customers', 'deals'] });
  });

  it('still finds a difference of which it read nothing while it rested', async () => {
    const { reader, full } = await pulled();
    const known = { customers: 232 };
    const counts = { ...known, deals: crm.liveIds('Deals').length };
    const resting = deltaAfter(full, { known: counts, mayList: false });
    const delta = await pullAll(() => reader, resting);
    expect(delta.plan.complete).toEqual([]);
    later();
    const after = await next(reader, delta, known);
    expect(after.plan.complete).toEqual(['customers', 'deals']);
  });

  it('reads back records with offsets of another zone as the same moments', async () => {
    const { reader, full } = await pulled({ org: { userTimeZone: 'America/New_York' } });
    crm.touch('Deals', crm.liveIds('Deals').slice(3, 5));
    later();
    const delta = await next(reader, full);
    expect(idsOf(delta.deals)).toEqual(crm.liveIds('Deals').slice(3, 5).toSorted());
    expect(sizes(await next(reader, delta))).toEqual(nothing);
  });
});
