import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FieldValues } from '../../src/domain/field.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { defaultWrites } from '../../src/domain/write-settings.ts';
import { type Bed, type Beds, openBeds } from './brake-bed.ts';

const first = 20;

// Each opens two sandboxes and a store.
vi.setConfig({ testTimeout: 240_000 });

let beds: Beds;

afterEach(async () => {
  await beds.close();
});

function written(held: ReadonlyMap<RecordId, FieldValues>): number {
  return [...held.values()].filter((values) => Object.keys(values).length > 0).length;
}

describe.each(['hubspot', 'zoho'] as const)('a canary in %s', (crm) => {
  const opened = async (canary: number): Promise<Bed> => {
    beds = await openBeds({ ...defaultWrites, canary });
    return await beds.bed(crm);
  };

  it('that comes back as another value stops the plan behind it, until a person lets it go on', async () => {
    const bed = await opened(first);
    bed.overwriteTiers('platinum', 'later');
    const cut = await bed.run({ stopAt: 'apply.receipts-saved' });
    expect(cut).toMatchObject({ outcome: 'checkpoint', stopped: { code: 'STOPPED' } });
    // Whoever goes on compares what was written before.
    const report = await bed.run();
    expect(report).toMatchObject({ outcome: 'held', stopped: { code: 'CANARY_DIFFERS' } });
    expect(written(await bed.held())).toBe(first);
    const plan = await bed.plan();
    expect(plan).toMatchObject({ status: 'held', holds: [{ by: 'canary' }] });
    expect(plan.holds[0]?.because).toMatch(
      /^\d+ of the first 20 customers do not hold what was written to them: customer \d+, field value_tier, wanted "\w+", found "platinum"\.$/,
    );
    const writes = bed.writes();
    expect(await bed.run()).toMatchObject({ plan: null, waitingFor: plan.id });
    expect(bed.writes()).toBe(writes);

    bed.overwriteTiers(null);
    await bed.approve('canary');
    expect(await bed.run()).toMatchObject({ outcome: 'done', leftover: { planId: plan.id } });
    expect(written(await bed.held())).toBe(plan.summary.changes);
  });

  it('of which each is refused stops the plan as well', async () => {
    const bed = await opened(first);
    bed.overwriteTiers('nonsense');
    expect(await bed.run()).toMatchObject({ stopped: { code: 'CANARY_DIFFERS' } });
    expect((await bed.plan()).holds[0]?.because).toMatch(
      /^The CRM refused each of the first 20 changes, that of customer \d+ with [A-Z_]+\.$/,
    );
  });
});

describe('a canary of what goes by a bulk job', () => {
  const opened = async () => {
    // So that a job is cheapest at this size.
    beds = await openBeds({ ...defaultWrites, canary: first }, { bulkWriteCredits: 1 });
    return await beds.bed('zoho');
  };
  const job = 'POST /crm/bulk/v8/write';
  const put = 'PUT /crm/v8/Contacts';
  const read = 'GET /crm/v8/Contacts';
  const ways = () => {
    const made = beds.crms.sandboxes.zoho.calls.all().map(({ endpoint }) => endpoint);
    const first = made.indexOf(put);
    return made.slice(first).filter((endpoint) => [put, read, job].includes(endpoint));
  };

  it('is written by id and read back before the job is made', async () => {
    const bed = await opened();
    const report = await bed.run();
    expect(report).toMatchObject({
      outcome: 'done',
      apply: { receipts: { open: 0, rejected: 0 } },
    });
    expect(report.plan?.summary.cost.route).toMatch(/^Bulk write, 1 job/);
    // The last read is the sample of the job.
    expect(ways()).toEqual([put, read, job, read]);
    expect(written(await bed.held())).toBe(report.plan?.summary.changes);
    const [one, ...others] = beds.crms.sandboxes.zoho.org.writes
      .all()
      .filter(({ ids }) => ids.length > 1);
    expect(one).toMatchObject({ endpoint: 'update' });
    expect(one?.ids.length).toBe(first);
    expect(others.some(({ endpoint }) => endpoint === 'bulk_write')).toBe(true);
  });

  it('that comes back as another value keeps the job from being made, until a person lets it go on', async () => {
    const bed = await opened();
    bed.overwriteTiers('platinum', 'later');
    expect(await bed.run()).toMatchObject({ stopped: { code: 'CANARY_DIFFERS' } });
    expect(ways()).toEqual([put, read]);
    expect(written(await bed.held())).toBe(first);
    bed.overwriteTiers(null);
    await bed.approve('canary');
    const plan = await bed.plan();
    expect(await bed.run()).toMatchObject({ outcome: 'done', leftover: { planId: plan.id } });
    expect(ways().filter((endpoint) => endpoint === job)).toHaveLength(1);
    expect(written(await bed.held())).toBe(plan.summary.changes);
  });
});

it('a canary costs one read of so many, and in hundreds no further write', async () => {
  beds = await openBeds({ ...defaultWrites, canary: first });
  const bed = await beds.bed('hubspot');
  const report = await bed.run();
  expect(report.outcome).toBe('done');
  const changes = report.plan?.summary.changes ?? 0;
  const { endpoints } = beds.crms.sandboxes.hubspot.calls.report();
  const count = (name: string) =>
    Object.entries(endpoints).find(([endpoint]) => endpoint.endsWith(name))?.[1].count ?? 0;
  expect(count('contacts/batch/read')).toBe(1);
  expect(count('contacts/batch/update')).toBe(1 + Math.ceil((changes - first) / 100));
});
