import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/policy/schema.ts';
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
    expect(await scored()).toMatchObject({ scope: 'dirty', scored: 0, cutPointsFound: false });
  });

  it('everybody by the same cut points, when the day moved within the month', async () => {
    expect(await scored({ asOf: '2026-11-02' })).toMatchObject({
      scope: 'base',
      scored: 120,
      cutPointsFound: false,
    });
    await scored();
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
    expect(await scored({ policy: other })).toMatchObject({ scope: 'dirty', scored: 0 });
    expect(await scored()).toMatchObject({ reason: 'the policy changed' });
  });

  it('everybody, when it is asked for; the same world gives the same scores', async () => {
    const before = await scored();
    const after = await scored({ all: true });
    expect(after).toMatchObject({ scope: 'base', scored: 120, hash: before?.hash });
  });
});
