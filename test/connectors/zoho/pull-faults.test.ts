import { afterEach, describe, expect, it } from 'vitest';
import { firstPart } from '../../../connectors/zoho/bulk-read.ts';
import { renderCursor } from '../../../connectors/zoho/cursors.ts';
import type { FaultEffect } from '../../../sandbox/zoho/fault-effect.ts';
import type { ModuleName } from '../../../sandbox/zoho/module-names.ts';
import type { OwnWrites } from '../../../src/domain/own-writes.ts';
import type { PullTask } from '../../../src/domain/pull-task.ts';
import {
  deltaAfter,
  fullPull,
  idsOf,
  type Pulled,
  type Puller,
  pullAll,
} from '../../contract/pull-all.ts';
import { type ReadingOrg, type ReadingSetup, startReading } from './reading-org.ts';

const signal = new AbortController().signal;
let crm: ReadingOrg;

async function started(setup: ReadingSetup = {}) {
  crm = await startReading(setup);
  return crm.open();
}

/** All deals by a job, however few they are. */
const byJob: PullTask = {
  ...{ key: 'deals:bulk', object: 'deals', kind: 'bulk', expected: null },
  cursor: renderCursor({ kind: 'bulk', job: null, row: 0, part: firstPart, fields: [] }),
};

/** The task and all that comes of it, from whichever process. */
async function finish(open: () => Puller, first: PullTask) {
  const deals: string[] = [];
  const waiting = [first];
  for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
    const page = await open().pullPage(task, signal);
    deals.push(...page.deals.map(({ id }) => id));
    waiting.push(...(page.next === null ? [] : [page.next]), ...page.spawned);
  }
  return deals;
}

function strike(effect: FaultEffect, match: { path?: string; method?: string }, times = 1): void {
  crm.sandbox.faults.add([{ match, effect, probability: 1, times }]);
}

function count(endpoint: string): number {
  return crm.sandbox.calls.report().endpoints[endpoint]?.count ?? 0;
}

const job = { method: 'JOB', path: '/read' };

describe('a bulk read job', () => {
  afterEach(async () => await crm.close());

  it.each(['jobFailure', 'truncatedZip'] as const)(
    'after %s is begun anew, and everything is read once',
    async (kind) => {
      const reader = await started();
      strike({ kind }, job);
      expect(await finish(() => reader, byJob)).toEqual(crm.liveIds('Deals'));
      expect(count('POST /crm/bulk/v8/read')).toBe(2);
    },
  );

  it('that goes wrong again and again ends in a clear word, and the next run tries anew', async () => {
    const reader = await started();
    strike({ kind: 'jobFailure' }, job, 4);
    await expect(finish(() => reader, byJob)).rejects.toMatchObject({
      code: 'BULK_JOB_FAILED',
      disposition: 'pause-connection',
      message: expect.stringContaining('FAILURE'),
    });
    expect(count('POST /crm/bulk/v8/read')).toBe(4);
    const again = crm.open();
    expect(await finish(() => again, byJob)).toEqual(crm.liveIds('Deals'));
  });

  it('whose result expired meanwhile is begun anew', async () => {
    const reader = await started();
    const begun = await reader.pullPage(byJob, signal);
    if (begun.next === null) throw new Error('The job has no next page');
    crm.sandbox.clock.advance(2 * 86_400_000);
    const later = crm.open();
    expect(await finish(() => later, begun.next)).toEqual(crm.liveIds('Deals'));
    expect(count('POST /crm/bulk/v8/read')).toBe(2);
  });

  it('goes on in another process from the row it had come to, with the same job', async () => {
    await started({ contacts: 10, deals: 4_500 });
    const deals = await finish(() => crm.open(), byJob);
    expect(deals).toEqual(crm.liveIds('Deals'));
    expect(count('POST /crm/bulk/v8/read')).toBe(1);
    expect(count('GET /crm/bulk/v8/read/{id}/result')).toBe(3);
  });

  it('read twice is the same page twice', async () => {
    const reader = await started({ contacts: 10, deals: 4_500 });
    const begun = await reader.pullPage(byJob, signal);
    let task = begun.next;
    while (task !== null) {
      const first = await reader.pullPage(task, signal);
      expect(await reader.pullPage(task, signal)).toEqual(first);
      task = first.next;
    }
  });

  it('is not waited for when the run is stopped', async () => {
    const reader = await started({ sandbox: { bulkRead: { jobMs: { fixedMs: 3_600_000 } } } });
    const begun = await reader.pullPage(byJob, signal);
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('stopped')), 100);
    if (begun.next === null) throw new Error('The job has no next page');
    await expect(reader.pullPage(begun.next, stop.signal)).rejects.toThrow('stopped');
  });

  it('that is not done in time ends the run at its checkpoint', async () => {
    const slow = { bulkRead: { jobMs: { fixedMs: 3_600_000 } } };
    const reader = await started({ sandbox: slow, settings: { bulkTimeoutMs: 1_000 } });
    await expect(finish(() => reader, byJob)).rejects.toMatchObject({
      code: 'BULK_JOB_LATE',
      disposition: 'end-at-checkpoint',
    });
  });
});

describe('a list by GET', () => {
  afterEach(async () => await crm.close());

  it.each([
    { kind: 'pageTokenExpired' },
    {
      kind: 'reply',
      status: 400,
      body: { code: 'TOKEN_BOUND_DATA_MISMATCH', details: {}, message: 'x', status: 'error' },
    },
  ] as const)('whose token is refused ($kind) goes on above the last record', async (fault) => {
    await started({ settings: { bulkRead: false, coqlRows: 50 } });
    const reader = crm.open();
    const { tasks } = await reader.planPull(fullPull, signal);
    const deals = tasks.find(({ object }) => object === 'deals');
    const first = deals && (await reader.pullPage(deals, signal));
    if (!first?.next) throw new Error('There is only one page');
    const headers = {};
    strike(fault.kind === 'reply' ? { ...fault, headers, when: 'before' } : fault, {
      path: '/Deals$',
    });
    const rest = await finish(() => reader, first.next);
    expect([...first.deals.map(({ id }) => id), ...rest]).toEqual(crm.liveIds('Deals'));
  });
});

/** COQL’s word that it does not select a field. */
function refuses(column_name: string): FaultEffect {
  const body = {
    code: 'INVALID_QUERY',
    details: { column_name },
    message: 'unsupported column',
    status: 'error',
  };
  return { kind: 'reply', status: 400, body, headers: {}, when: 'before' };
}

describe('a field that COQL does not select', () => {
  afterEach(async () => await crm.close());

  it('is read by GET: everything, and then what changed', async () => {
    await started({ contacts: 450 });
    const other = crm.open();
    const expected = await pullAll(() => other, fullPull);
    const reader = crm.open();
    const plan = await reader.planPull(fullPull, signal);
    strike(refuses('Phone'), { path: '/coql$' });
    const planned: Puller = { planPull: async () => plan, pullPage: reader.pullPage };
    const full = await pullAll(() => planned, fullPull);
    expect(full.customers).toEqual(expected.customers);
    expect(count('GET /crm/v8/Contacts')).toBe(3);
    crm.touch('Contacts', crm.liveIds('Contacts').slice(0, 3));
    crm.sandbox.clock.advance(5_000);
    const delta = await pullAll(() => reader, deltaAfter(full));
    expect(delta.customers.map(({ phone }) => phone)).toEqual(
      full.customers.slice(0, 3).map(({ phone }) => phone),
    );
    // The next process knows it from the watermark.
    crm.touch('Contacts', crm.liveIds('Contacts').slice(3, 5));
    crm.sandbox.clock.advance(5_000);
    const next = await pullAll(() => crm.open(), {
      ...deltaAfter(full),
      watermark: delta.plan.watermark,
    });
    expect(idsOf(next.customers)).toEqual(crm.liveIds('Contacts').slice(3, 5).toSorted());
  });

  it('is read by id where a list would end', async () => {
    await started({ contacts: 450 });
    const other = crm.open();
    const expected = await pullAll(() => other, fullPull);
    const reader = crm.open({ settings: { coqlRows: 200 } });
    const { tasks } = await reader.planPull(fullPull, signal);
    const task = tasks.find(({ object }) => object === 'customers');
    const first = task && (await reader.pullPage(task, signal));
    if (!first?.next) throw new Error('There is only one page');
    strike(refuses('Phone'), { path: '/coql$' });
    const planned: Puller = {
      planPull: async () => ({ ...expected.plan, tasks: first.next === null ? [] : [first.next] }),
      pullPage: reader.pullPage,
    };
    const rest = await pullAll(() => planned, fullPull);
    expect([...first.customers, ...rest.customers]).toEqual(expected.customers);
  });
});

describe('a page of 2,000 rows that is refused', () => {
  afterEach(async () => await crm.close());

  it('is asked for with 200', async () => {
    const reader = await started({ sandbox: { coql: { maxRows: 200 } } });
    const { customers, deals } = await pullAll(() => reader, fullPull);
    expect(idsOf(customers)).toEqual(crm.liveIds('Contacts').toSorted());
    expect(idsOf(deals)).toEqual(crm.liveIds('Deals').toSorted());
  });
});

describe('a mapped field that is hidden', () => {
  afterEach(async () => await crm.close());

  const hide = (module: ModuleName, apiName: string) => {
    const field = crm.org.schema.field(module, apiName);
    crm.org.schema.hide(module, field?.id ?? '', true);
  };
  const hidden = (module: string, field: string) => ({
    code: 'FIELD_HIDDEN',
    disposition: 'pause-connection',
    message: `Mapped fields of ${module} cannot be seen: ${field}`,
  });

  it('stops a full pull before anything is read', async () => {
    const reader = await started();
    hide('Deals', 'Invoice_Number');
    const plan = reader.planPull(fullPull, signal);
    await expect(plan).rejects.toMatchObject(hidden('Deals', 'Invoice_Number'));
  });

  it('stops a delta, idle or not, and empties nothing', async () => {
    const reader = await started();
    const full = await pullAll(() => reader, fullPull);
    hide('Contacts', 'Phone');
    const delta = pullAll(() => crm.open(), deltaAfter(full));
    await expect(delta).rejects.toMatchObject(hidden('Contacts', 'Phone'));
  });

  it('stops a scan under way', async () => {
    const reader = await started({ settings: { coqlRows: 100 } });
    const { tasks } = await reader.planPull(fullPull, signal);
    const [task] = tasks;
    const first = task && (await reader.pullPage(task, signal));
    hide('Contacts', 'Mailing_Country');
    if (!first?.next) throw new Error('There is only one page');
    await expect(reader.pullPage(first.next, signal)).rejects.toMatchObject(
      hidden('Contacts', 'Mailing_Country'),
    );
  });

  it('stops a job that cannot begin for it', async () => {
    const reader = await started();
    await reader.planPull(fullPull, signal);
    hide('Deals', 'Invoice_Number');
    const read = finish(() => reader, byJob);
    await expect(read).rejects.toMatchObject(hidden('Deals', 'Invoice_Number'));
  });

  it('stops a list, which would leave it out without a word', async () => {
    const reader = await started({ settings: { bulkRead: false, coqlRows: 50 } });
    const { tasks } = await reader.planPull(fullPull, signal);
    const deals = tasks.find(({ object }) => object === 'deals');
    hide('Deals', 'Amount');
    if (deals === undefined) throw new Error('There is no task');
    await expect(reader.pullPage(deals, signal)).rejects.toMatchObject(hidden('Deals', 'Amount'));
  });
});

describe('own writes', () => {
  afterEach(async () => await crm.close());

  async function provisioned() {
    crm = await startReading();
    const field = crm.org.schema.create('Contacts', { label: 'Assay Run', dataType: 'text' });
    const reader = crm.open();
    const full = await pullAll(() => reader, fullPull);
    crm.sandbox.clock.advance(5_000);
    return { reader, full, field };
  }

  /** As `applyBatch` of a run would. */
  function write(ids: readonly string[], marker: string): OwnWrites {
    const modifiedAt = crm.org.now();
    for (const id of ids)
      crm.org.records.Contacts.change(id, {
        values: { Assay_Run: marker },
        ...{ modifiedAt, modifiedBy: crm.org.users.current.id },
      });
    const at = new Date(modifiedAt).toISOString();
    return { marker, firstAt: at, lastAt: at, count: ids.length };
  }

  async function delta(reader: Puller, last: Pulled, ownWrites: readonly OwnWrites[]) {
    crm.sandbox.clock.advance(5_000);
    const known = { customers: 230, deals: 610 };
    return await pullAll(() => reader, deltaAfter(last, { ownWrites, known }));
  }

  it('are left out by Zoho, also by a new process, and cost nothing', async () => {
    const { full } = await provisioned();
    const ids = crm.liveIds('Contacts');
    const writes = [write(ids, 'run1')];
    crm.cost();
    const first = await delta(crm.open(), full, writes);
    expect(first.customers).toEqual([]);
    // As if nothing had happened: the field and the user are known from the watermark.
    expect(crm.cost()).toEqual({ calls: 7, credits: 9 });
    writes.push(write(ids.slice(0, 100), 'run2'));
    const second = await delta(crm.open(), first, writes);
    expect(second.customers).toEqual([]);
    expect(crm.cost()).toEqual({ calls: 7, credits: 9 });
  });

  it('do not hide what a person changed while we wrote, or afterwards', async () => {
    const { reader, full } = await provisioned();
    const [one = '', two = '', three = ''] = crm.liveIds('Contacts');
    const before = write([one, two, three], 'run1');
    crm.sandbox.clock.advance(10_000);
    // Our run still goes on while a person saves the second, which keeps our marker.
    crm.touch('Contacts', [two]);
    crm.sandbox.clock.advance(10_000);
    const after = write(crm.liveIds('Contacts').slice(10, 20), 'run1');
    const writes = [{ ...before, lastAt: after.lastAt, count: 13 }];
    const first = await delta(reader, full, writes);
    expect(idsOf(first.customers)).toEqual([two]);
    crm.touch('Contacts', [three]);
    const second = await delta(reader, first, writes);
    expect(idsOf(second.customers)).toEqual([three]);
  });

  it('do not hide a record that carries an old run’s marker and was saved by our own user', async () => {
    const { reader, full } = await provisioned();
    const [one = ''] = crm.liveIds('Contacts');
    const writes = [write([one], 'run1')];
    crm.sandbox.clock.advance(60_000);
    crm.org.records.Contacts.change(one, {
      values: { Mailing_Country: 'Elsewhere' },
      ...{ modifiedAt: crm.org.now(), modifiedBy: crm.org.users.current.id },
    });
    expect(idsOf((await delta(reader, full, writes)).customers)).toEqual([one]);
  });

  it('come once more, no more, when somebody deleted the field with the marker', async () => {
    const { reader, full, field } = await provisioned();
    const writes = [write(crm.liveIds('Contacts').slice(0, 5), 'run1')];
    const idle = await delta(reader, full, writes);
    expect(idle.customers).toEqual([]);
    writes.push(write(crm.liveIds('Contacts').slice(0, 5), 'run2'));
    crm.org.schema.delete('Contacts', field.id);
    const first = await delta(crm.open(), idle, writes);
    expect(first.customers).toHaveLength(5);
    const second = await delta(crm.open(), first, writes);
    expect(second.customers).toEqual([]);
  });

  it('stay left out when somebody deleted another field of ours', async () => {
    const { full } = await provisioned();
    const score = crm.org.schema.create('Contacts', {
      ...{ label: 'Assay Value Score', dataType: 'integer', length: 9 },
    });
    const again = await pullAll(() => crm.open(), fullPull);
    expect(again.plan.watermark).toContain('Assay_Value_Score');
    expect(full.plan.watermark).not.toContain('Assay_Value_Score');
    crm.sandbox.clock.advance(5_000);
    const writes = [write(crm.liveIds('Contacts').slice(0, 5), 'run1')];
    crm.org.schema.delete('Contacts', score.id);
    expect((await delta(crm.open(), again, writes)).customers).toEqual([]);
  });

  it('are told by the field’s id when somebody renamed it', async () => {
    const { full, field } = await provisioned();
    const writes = [write(crm.liveIds('Contacts').slice(0, 5), 'run1')];
    const idle = await delta(crm.open(), full, writes);
    crm.org.schema.update('Contacts', field.id, { apiName: 'Our_Mark' });
    for (const id of crm.liveIds('Contacts').slice(0, 7))
      crm.org.records.Contacts.change(id, {
        values: { Our_Mark: 'run2' },
        ...{ modifiedAt: crm.org.now(), modifiedBy: crm.org.users.current.id },
      });
    const at = new Date(crm.org.now()).toISOString();
    writes.push({ marker: 'run2', firstAt: at, lastAt: at, count: 7 });
    expect((await delta(crm.open(), idle, writes)).customers).toEqual([]);
  });
});

describe('a cursor that this version did not write', () => {
  afterEach(async () => await crm.close());

  it('is refused', async () => {
    const reader = await started({ contacts: 3, deals: 3 });
    const task = { ...byJob, cursor: '{}' };
    await expect(reader.pullPage(task, signal)).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });
});
