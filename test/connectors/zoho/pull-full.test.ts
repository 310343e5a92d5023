import { afterEach, describe, expect, it } from 'vitest';
import { firstPart } from '../../../connectors/zoho/bulk-read.ts';
import { renderCursor } from '../../../connectors/zoho/cursors.ts';
import type { PullPlan } from '../../../src/connector/pull.ts';
import type { PullObject, PullTask } from '../../../src/domain/pull-task.ts';
import { fullPull, idsOf, type Puller, pullAll } from '../../contract/pull-all.ts';
import { type ReadingOrg, type ReadingSetup, startReading } from './reading-org.ts';

const signal = new AbortController().signal;
let crm: ReadingOrg;

async function started(setup: ReadingSetup = {}) {
  crm = await startReading(setup);
  return crm.open();
}

/** The same plan, but both objects are read by jobs, however few records there are. */
function byJobs(reader: Puller): Puller {
  const task = (object: PullObject): PullTask => {
    const cursor = { kind: 'bulk', job: null, row: 0, part: firstPart, fields: [] } as const;
    const rendered = renderCursor({ ...cursor, fields: [] });
    return { key: `${object}:bulk`, object, kind: 'bulk', cursor: rendered, expected: null };
  };
  const planPull = async (): Promise<PullPlan> => {
    const plan = await reader.planPull(fullPull, signal);
    return { ...plan, tasks: [task('customers'), task('deals')] };
  };
  return { planPull, pullPage: reader.pullPage };
}

function count(endpoint: string): number {
  return crm.sandbox.calls.report().endpoints[endpoint]?.count ?? 0;
}

describe('reading everything from Zoho', () => {
  afterEach(async () => await crm.close());

  it('takes COQL for few records, at the least credits that its pages cost', async () => {
    const reader = await started();
    const { plan, customers, deals } = await pullAll(() => reader, fullPull);
    expect(idsOf(customers)).toEqual(crm.liveIds('Contacts').toSorted());
    expect(idsOf(deals)).toEqual(crm.liveIds('Deals').toSorted());
    expect(plan.reason).toContain('customers by COQL, 2 credits in 1 call (instead of');
    // A token, the org, its user, the fields of both, two counts, a page of each, a layout and its pipeline.
    expect(crm.cost()).toEqual({ calls: 11, credits: 12 });
  });

  it('takes a job for many records, downloads it once, and reads COQL’s records', async () => {
    const reader = await started({ contacts: 37_000, deals: 300 });
    const { plan, customers } = await pullAll(() => reader, fullPull);
    expect(plan.reason).toContain('customers by bulk read, 55 credits');
    expect(idsOf(customers)).toEqual(crm.liveIds('Contacts').toSorted());
    expect(count('POST /crm/bulk/v8/read')).toBe(1);
    expect(count('GET /crm/bulk/v8/read/{id}/result')).toBe(1);
    expect(reader.session.client.usage().spent).toBe(crm.cost().credits);
  }, 30_000);

  it('yields the same by jobs, by COQL and by lists, whatever the pages', async () => {
    const reader = await started();
    const coql = await pullAll(() => reader, fullPull);
    const jobs = await pullAll(() => byJobs(reader), fullPull);
    expect(jobs.customers).toEqual(coql.customers);
    expect(jobs.deals).toEqual(coql.deals);
    const small = crm.open({ settings: { coqlRows: 7 } });
    const pages = await pullAll(() => small, fullPull);
    expect(pages.customers).toEqual(coql.customers);
    const lists = crm.open({ settings: { bulkRead: false, coqlRows: 50 } });
    const byGet = await pullAll(() => lists, fullPull);
    expect(byGet.plan.reason).toContain('deals by lists by GET');
    expect(byGet.deals).toEqual(coql.deals);
    expect(byGet.customers).toEqual(coql.customers);
  });

  it('reads jobs of several parts, each from the token of the one before', async () => {
    const reader = await started({ sandbox: { bulkRead: { pageRows: 100 } } });
    const { customers, deals } = await pullAll(() => byJobs(reader), fullPull);
    expect(idsOf(customers)).toEqual(crm.liveIds('Contacts').toSorted());
    expect(idsOf(deals)).toEqual(crm.liveIds('Deals').toSorted());
    expect(count('POST /crm/bulk/v8/read')).toBe(3 + 7);
  });

  it('reads an object without records', async () => {
    const reader = await started({ contacts: 3, deals: 0 });
    expect((await pullAll(() => reader, fullPull)).deals).toEqual([]);
    expect((await pullAll(() => byJobs(reader), fullPull)).deals).toEqual([]);
  });

  it('takes no job where the edition has none, or where the settings say so', async () => {
    const reader = await started({ org: { edition: 'free' }, settings: { coqlRows: 2 } });
    const { reason } = await reader.planPull(fullPull, signal);
    expect(reason).toContain('bulk read is not to be had');
    expect(count('POST /crm/bulk/v8/read')).toBe(0);
  });

  it('goes another way when jobs are refused after all', async () => {
    const reader = await started({
      ...{ contacts: 37_000, deals: 3, org: { edition: 'free' } },
      settings: { edition: 'enterprise' },
    });
    const plan = await reader.planPull(fullPull, signal);
    expect(plan.reason).toContain('customers by COQL');
    expect(plan.tasks.map(({ kind }) => kind)).toEqual(['coql', 'coql']);
  }, 30_000);

  it('dates the watermark by the job, before which nothing was read', async () => {
    const reader = await started({ contacts: 37_000, deals: 3 });
    const before = crm.org.now();
    const { watermark } = await reader.planPull(fullPull, signal);
    const { fullAt } = JSON.parse(watermark);
    expect(Date.parse(fullAt)).toBeGreaterThanOrEqual(before - 1_000);
    expect(Date.parse(fullAt)).toBeLessThanOrEqual(crm.org.now());
  }, 30_000);

  it('asks at growing pauses whether a job is done', async () => {
    const slow = { jobMs: { queuedMs: 100, fixedMs: 900 } };
    const reader = await started({ sandbox: { bulkRead: slow } });
    await pullAll(() => byJobs(reader), fullPull);
    // 10, 15, 22 … up to 120 ms for a second, not a hundred looks; two jobs.
    expect(count('GET /crm/bulk/v8/read/{id}')).toBeLessThanOrEqual(2 * 16);
    expect(count('GET /crm/bulk/v8/read/{id}')).toBeGreaterThan(4);
  });

  it('yields the same whatever the zone that times are shown in', async () => {
    const reader = await started({ org: { userTimeZone: 'Asia/Kolkata' } });
    const far = await pullAll(() => reader, fullPull);
    const byJob = await pullAll(() => byJobs(reader), fullPull);
    expect(byJob.deals).toEqual(far.deals);
    const [deal] = far.deals;
    const stored = crm.org.records.Deals.get(deal?.id ?? '');
    expect(deal?.closedOn).toBe(stored?.values['Closing_Date']);
    expect(Date.parse(deal?.modifiedAt ?? '')).toBe(stored?.modifiedAt);
  });

  it('reads companies, whose deals name their account', async () => {
    await started({ deals: 30 });
    const { ids, records, users } = crm.org;
    const made = { createdAt: 0, createdBy: users.other.id, modifiedBy: users.other.id };
    const account = {
      ...{ ...made, id: ids.take(), modifiedAt: crm.org.now(), tags: [], state: 'open' as const },
      values: { Account_Name: 'Acme', Billing_Country: 'France' },
    };
    records.Accounts.add(account);
    const [deal = ''] = crm.liveIds('Deals');
    records.Deals.change(deal, { values: { Account_Name: account.id } });
    const companies = crm.open({
      subject: 'company',
      settings: { fields: { phone: 'Phone' } },
    });
    const { customers, deals } = await pullAll(() => companies, fullPull);
    expect(customers).toMatchObject([{ id: account.id, name: 'Acme', country: 'France' }]);
    expect(deals.filter((each) => each.customers?.length === 1)).toMatchObject([
      { id: deal, customers: [{ id: account.id, primary: true }] },
    ]);
  });

  it('takes everyone with a role in a won deal, five deals to a call', async () => {
    const reader = await started({ contacts: 20, deals: 12, settings: { dealContacts: 'roles' } });
    const [one = '', two = '', three = ''] = crm.liveIds('Contacts');
    const [deal = '', crowded = ''] = crm.liveIds('Deals');
    crm.org.records.Deals.change(deal, { values: { Contact_Name: one } });
    for (const id of [two, one, three]) crm.org.memberships.add(deal, id, {});
    const all = crm.liveIds('Contacts');
    for (const id of all) crm.org.memberships.add(crowded, id, {});
    const { deals, plan } = await pullAll(() => reader, fullPull);
    const customersOf = (id: string) => deals.find((each) => each.id === id)?.customers ?? [];
    expect(customersOf(deal)).toEqual([
      { id: one, primary: true },
      { id: two, primary: false },
      { id: three, primary: false },
    ]);
    expect(
      customersOf(crowded)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(all.toSorted());
    expect(count('POST /crm/v8/__composite_requests')).toBe(Math.ceil(12 / 5));
    expect(plan.reason).toContain('up to 15 credits in 3 calls for related lists');
  });

  it('dates won deals by their stage’s history when told to', async () => {
    const fields = { deal: { wonOn: 'stage-history' } };
    const reader = await started({ contacts: 5, deals: 7, settings: { fields } });
    const [id = ''] = crm.liveIds('Deals');
    const { records, users } = crm.org;
    const to = (Stage: string) => {
      records.Deals.change(id, {
        values: { Stage },
        modifiedAt: crm.org.now(),
        modifiedBy: users.other.id,
      });
    };
    to('Qualification');
    crm.sandbox.clock.advance(3 * 86_400_000);
    const wonAt = new Date(crm.org.now()).toISOString();
    to('Closed Won');
    const { deals } = await pullAll(() => reader, fullPull);
    expect(deals.find((deal) => deal.id === id)).toMatchObject({ status: 'won', closedAt: wonAt });
  });
});
