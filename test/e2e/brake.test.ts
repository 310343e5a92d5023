import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FieldValues } from '../../src/domain/field.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { WorkEvent } from '../../src/domain/work-event.ts';
import { guardsOf } from '../../src/run/held-plan.ts';
import { type Bed, type Beds, openBeds } from './brake-bed.ts';

let beds: Beds;
const alarms: WorkEvent[] = [];

beforeAll(async () => {
  beds = await openBeds();
  beds.crms.app.listen((event) => {
    if (event.kind === 'held') alarms.push(event);
  });
});

afterAll(async () => {
  await beds.close();
});

function tiers(held: ReadonlyMap<RecordId, FieldValues>) {
  return new Map([...held].map(([id, values]) => [id, values.value_tier ?? null]));
}

describe.each(['hubspot', 'zoho'] as const)('in %s', (crm) => {
  let bed: Bed;
  let before: ReadonlyMap<RecordId, string | null>;
  let writes: number;
  const unwritten = async () => {
    expect(bed.writes()).toBe(writes);
    expect(tiers(await bed.held())).toEqual(before);
  };

  beforeAll(async () => {
    bed = await beds.bed(crm);
    expect(await bed.run()).toMatchObject({ outcome: 'done', stopped: null });
    before = tiers(await bed.held());
    writes = bed.writes();
    alarms.length = 0;
  });

  it('a first run is let through, and the next has nothing to write', async () => {
    expect([...before.values()].filter((tier) => tier !== null).length).toBeGreaterThan(100);
    const next = await bed.run({ full: true });
    expect(next).toMatchObject({ outcome: 'done', plan: { summary: { changes: 0 } } });
    await unwritten();
  });

  it('a won stage that counts as open holds the plan before anything is written', async () => {
    bed.wonCounts(false);
    const report = await bed.run({ full: true });
    expect(report).toMatchObject({ outcome: 'held', apply: null, stopped: { code: 'PLAN_HELD' } });
    for (const guard of ['source-empty', 'revenue-fell', 'tier-customers', 'tier-emptied'])
      expect(report.stopped?.message).toContain(`${guard}: `);
    await unwritten();
    expect(alarms).toMatchObject([{ connection: crm, planId: report.plan?.id }]);
  });

  it('whatever runs meanwhile plans nothing, and nobody is called twice', async () => {
    expect(await bed.run()).toMatchObject({ plan: null, waitingFor: (await bed.plan()).id });
    await unwritten();
    expect(alarms).toHaveLength(1);
  });

  it('once the stage is right again and the plan refused, nothing is left to write', async () => {
    bed.wonCounts(true);
    await bed.reject();
    const report = await bed.run({ full: true });
    expect(report).toMatchObject({ outcome: 'done', plan: { summary: { changes: 0 } } });
    await unwritten();
  });

  it('who would have risen by mistake is held in no tier that the CRM never showed', async () => {
    bed.openCounts(true);
    expect(await bed.run({ full: true })).toMatchObject({ outcome: 'held' });
    await bed.reject();
    bed.openCounts(false);
    const report = await bed.run({ full: true });
    expect(report).toMatchObject({ outcome: 'done', plan: { summary: { changes: 0 } } });
    await unwritten();
  });

  it('open deals that count as won hold the plan as well, and only named guards pass', async () => {
    bed.openCounts(true);
    const report = await bed.run({ full: true });
    expect(report).toMatchObject({ outcome: 'held', stopped: { code: 'PLAN_HELD' } });
    await unwritten();
    await expect(bed.approve('customers-fell')).rejects.toMatchObject({
      code: 'GUARDS_NOT_ALLOWED',
    });
    await unwritten();
  });

  it('what a person allows is written, and what comes next is compared with it', async () => {
    const { id } = await bed.plan();
    await bed.approve(...guardsOf(await bed.plan()));
    expect(await bed.run()).toMatchObject({ outcome: 'done', leftover: { planId: id } });
    expect(tiers(await bed.held())).not.toEqual(before);
    const { store } = beds.crms.app;
    expect((await store.baselines.last(crm))?.wonDeals).toBe(1_200);
    bed.openCounts(false);
    const back = await bed.run({ full: true });
    expect(back.stopped?.message).toContain('revenue-fell: ');
    const allowed = await bed.run({ full: true, allow: guardsOf(await bed.plan()) });
    expect(allowed).toMatchObject({ outcome: 'done', stopped: null });
    expect((await bed.plan()).decision).toMatchObject({ by: 'ann', why: 'I looked at them' });
    expect((await store.baselines.last(crm))?.wonDeals).toBe(400);
    expect(await bed.run()).toMatchObject({ outcome: 'done', plan: { summary: { changes: 0 } } });
  });
});
