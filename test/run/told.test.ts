import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkEvent } from '../../src/domain/work-event.ts';
import { namedFalls } from '../../src/run/named-falls.ts';
import type { RunReport } from '../../src/run/report.ts';
import { policy } from '../score/default-policy.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
let report: RunReport;
let calls: number;
const events: WorkEvent[] = [];

beforeAll(async () => {
  bench = await openWorkbench({ contacts: 30, deals: 90 });
  await bench.provision();
  bench.app.listen((event) => events.push(event));
  bench.app.listen(() => {
    throw new Error('a listener that fails stops nobody');
  });
  const made = await bench.callsOf(() => bench.run());
  [report, calls] = [made.value, made.calls];
});

afterAll(async () => {
  await bench.close();
});

function of<K extends WorkEvent['kind']>(kind: K) {
  return events.filter((event): event is Extract<WorkEvent, { kind: K }> => event.kind === kind);
}

describe('what a run tells', () => {
  it('is its end, with outcome and time', () => {
    expect(of('run')).toEqual([
      {
        ...{ kind: 'run', connection: 'main', crm: 'hubspot', outcome: 'done', stopped: null },
        ms: expect.any(Number),
      },
    ]);
  });

  it('is every call that the portal counted, by endpoint, without an id', () => {
    expect(of('call')).toHaveLength(calls);
    expect(new Set(of('call').map(({ status }) => status))).toEqual(new Set([200]));
    const endpoints = new Set(of('call').map(({ endpoint }) => endpoint));
    for (const endpoint of endpoints)
      expect(endpoint).toMatch(/^[A-Z]+ (\/[a-z-]+|\/\d{4}-\d{2}|\/\{id\})+$/);
  });

  it('is each receipt once', () => {
    const applied = of('receipts').reduce((sum, { fields }) => sum + fields.applied, 0);
    expect(applied).toBe(report.plan?.summary.changes);
    expect(applied).toBeGreaterThan(0);
  });

  it('is what was used of the quota after each call', () => {
    const used = of('quota').map((event) => event.used);
    expect(used).toEqual(used.toSorted((one, other) => one - other));
    expect(of('quota').at(-1)).toMatchObject({ unit: 'calls', budget: expect.any(Number) });
  });
});

describe('named customers', () => {
  const [high, low] = policy.tiers.classes.map(({ key }) => key);
  const rule = { floor: null, importance: 'red', why: 'x', by: 'y', until: null } as const;

  it('are told when their tier is lower than it stood, others are not', async () => {
    if (high === undefined || low === undefined) throw new Error('two tiers');
    const page = await bench.app.store.scores.page('main', { after: null, limit: 2 });
    const [first, second] = page.map(({ score }) => ({ ...score, tier: low }));
    const ids = page.map(({ score }) => score.customerId);
    const histories = await bench.app.store.scores.histories('main', { after: null, limit: 2 });
    const [one, other] = histories;
    if (!first || !second || !one || !other) throw new Error('two customers');
    const stood = { tier: high, since: '2026-01-01', before: null, belowSince: null };
    const standings = new Map(ids.map((id) => [id, stood]));
    const named = [{ ...one, named: rule }, other];
    const falls = (tier: string) =>
      namedFalls(policy, named, [{ ...first, tier }, second], standings);
    expect(falls(low)).toEqual([{ from: high, to: low }]);
    expect(falls(high)).toEqual([]);
  });
});
