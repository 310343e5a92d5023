import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/policy/schema.ts';
import { policyVersion } from '../../src/policy/version.ts';
import { scoreConnection } from '../../src/run/run-connection.ts';
import { policy } from '../score/default-policy.ts';
import { AS_OF, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench();
  await bench.provision();
  await bench.run();
});

afterAll(async () => {
  await bench.close();
});

async function scored(given: { asOf?: string; all?: boolean; policy?: Policy } = {}) {
  const { asOf = AS_OF, all = false } = given;
  const report = await bench.connected((ctx) =>
    scoreConnection({ ...ctx, policy: given.policy ?? policy }, { all, asOf }),
  );
  return report.score;
}

describe('who is scored', () => {
  it('nobody, when nothing happened and the day is the same', async () => {
    expect(await scored()).toMatchObject({ scope: 'due', scored: 0, cutPointsFound: false });
  });

  it('whom time alone may have changed, when the day moved within the month', async () => {
    const report = await scored({ asOf: '2026-11-02' });
    expect(report).toMatchObject({ scope: 'due', cutPointsFound: false });
    expect(report?.due).toEqual({ happened: 0, byTime: report?.scored });
    expect(report?.scored).toBeLessThan(40);
  });

  it('everybody by the same cut points, when the day moved back', async () => {
    expect(await scored()).toMatchObject({ scope: 'base', scored: 120, cutPointsFound: false });
  });

  it('everybody by new cut points in a new month, as the policy asks', async () => {
    const report = await scored({ asOf: '2026-12-01' });
    expect(report).toMatchObject({ scope: 'base', cutPointsFound: true });
    expect(report?.reason).toContain(AS_OF);
    await scored({ all: true });
  });

  it('everybody by new cut points, when the policy changed', async () => {
    const other = { ...policy, windowMonths: 6 };
    expect(await scored({ policy: other })).toMatchObject({
      scope: 'base',
      reason: 'the policy changed',
      cutPointsFound: true,
    });
    expect(await scored({ policy: other })).toMatchObject({ scope: 'due', scored: 0 });
    expect(await scored()).toMatchObject({ reason: 'the policy changed' });
  });

  it('everybody by the same cut points, when nothing changed that they rest on', async () => {
    const by = { floor: 'gold', importance: null, why: 'founder', by: 'A', until: null };
    const other = { ...policy, named: [{ customer: 'nobody', ...by }] };
    const first = await scored({ policy: other });
    expect(first).toMatchObject({ scope: 'base', scored: 120, cutPointsFound: false });
    expect(await scored({ policy: other })).toMatchObject({ scope: 'due', scored: 0 });
    expect(await scored()).toMatchObject({ scope: 'base', cutPointsFound: false });
  });

  it('under a policy that the store can name', async () => {
    const kept = await bench.app.store.scores.policy(policyVersion(policy));
    expect(kept?.content).toEqual(policy);
  });

  it('everybody, when it is asked for; the same world gives the same scores', async () => {
    const before = await scored();
    const after = await scored({ all: true });
    expect(after).toMatchObject({ scope: 'base', scored: 120, hash: before?.hash });
    expect(before?.quality).toBeNull();
    expect(after?.quality).toMatchObject({ customers: 120, gate: { passed: expect.any(Boolean) } });
    expect(after?.forecast).toMatchObject({ model: 'bgnbd', warnings: expect.any(Array) });
    expect(after?.keyAccounts?.shareOfNet).toBeGreaterThanOrEqual(policy.keyAccounts.share);
  });
});
