import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import type { World } from '../../sandbox/data/world.ts';
import { loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { buyOn } from '../../sandbox/hubspot/purchase-day.ts';
import { type HubSpotSandbox, startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { usualSubscriptions } from '../../sandbox/hubspot/webhook-subscription.ts';
import { openWorkplace, sandboxConfig, type Workplace } from '../cli/run-assay.ts';
import { freePort } from './free-port.ts';

const clientSecret = 'client-secret-of-the-app';
const leaveMs = 20_000;
let place: Workplace;
let portal: Portal;
let world: World;
let sandbox: HubSpotSandbox;
const writes = new Map<number, number>();
const variables = () => ({ HUBSPOT_TOKEN: sandbox.token, HUBSPOT_APP: clientSecret });

beforeAll(async () => {
  place = openWorkplace();
  portal = new Portal({ companyCurrency: 'GBP', timeZone: 'Europe/London' });
  world = withoutReferrals(generatedWorld({ contacts: 4_000, deals: 5_000, seed: 5 }));
  loadWorld(portal, world, { loadedAt: Date.now() - 7_200_000 });
  sandbox = await startHubSpotSandbox({ portal, latency: { kind: 'fixed', ms: 30 } });
  place.writeConfig(
    sandboxConfig(sandbox.url, '      webhooks: { clientSecretEnv: HUBSPOT_APP }\n'),
  );
  portal.events.subscribe((event) => {
    if (event.kind === 'changed' && event.type === 'contacts')
      writes.set(event.after.id, (writes.get(event.after.id) ?? 0) + 1);
  });
  expect((await place.assay(['provision'], variables())).code).toBe(0);
});

afterAll(async () => {
  await sandbox.close();
  place.remove();
});

/** What a friend's purchase does for whoever brought them is found by the next delta, not by a webhook. */
function withoutReferrals(full: World): World {
  return { ...full, customers: [...full.customers].map((one) => ({ ...one, referredBy: null })) };
}

/** `assay serve` in a process of its own, once it is ready. */
async function serve(port = 0) {
  const process = place.start(['serve', '--port', `${port}`, '--json'], variables());
  let ended: Awaited<typeof process.ended> | null = null;
  void process.ended.then((end) => {
    ended = end;
  });
  await until(() => ended !== null || process.stdout().includes('\n'));
  if (ended !== null) throw new Error(JSON.stringify(ended));
  const ready: { url: string; schedule: unknown[] } = JSON.parse(process.stdout());
  const stop = async () => {
    const since = performance.now();
    process.terminate();
    const { code, stderr } = await process.ended;
    return { code, stderr, ms: performance.now() - since };
  };
  return { ...ready, ...process, stop };
}

/** What a run by hand finds that differs from the portal. */
async function stillToWrite(): Promise<number> {
  const { stdout } = await place.assay(['run', '--json'], variables());
  return JSON.parse(stdout).runs[0].plan.summary.changes;
}

const reads = () => sandbox.calls.all().filter(({ kind }) => kind === 'read').length;

describe('assay serve', () => {
  it('says where it is and what comes next, and tells a second one on its folder who it is', async () => {
    const serving = await serve();
    expect(serving.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(serving.schedule).toMatchObject([{ connection: 'main', timeZone: 'UTC' }]);
    expect(await (await fetch(`${serving.url}/readyz`)).json()).toEqual({ status: 'ready' });
    const second = await place.assay(['serve', '--port', '0'], variables());
    expect(second.code).toBe(2);
    expect(second.stderr).toContain('SERVICE_RUNNING');
    expect(second.stderr).toContain(`in process ${serving.pid}`);
    expect((await place.assay(['plans'], variables())).code).toBe(0);
    await serving.stop();
  }, 120_000);

  it('leaves in the midst of reading and of writing, and the next one goes on', async () => {
    writes.clear();
    const readBefore = reads();
    const reading = await serve();
    await until(() => reads() > readBefore + 8);
    const first = await reading.stop();
    expect(first.code, first.stderr).toBe(0);
    expect(first.ms).toBeLessThan(leaveMs);
    expect(first.stderr).toContain('"outcome":"checkpoint"');

    const writing = await serve();
    await until(() => writes.size > 50);
    const second = await writing.stop();
    expect(second.code, second.stderr).toBe(0);
    expect(second.ms).toBeLessThan(leaveMs);
    const writtenBefore = writes.size;

    const last = await serve();
    expect(last.schedule).toMatchObject([{ timeZone: 'Europe/London' }]);
    await until(() => last.stderr().includes('"outcome":"done"'));
    await last.stop();
    expect(Math.max(...writes.values())).toBe(1);
    expect(writes.size).toBeGreaterThan(writtenBefore);
    expect(await stillToWrite()).toBe(0);
  }, 240_000);

  it('leaves in the midst of a rescoring, which the next one ends', async () => {
    const port = await freePort();
    const serving = await serve(port);
    await sandbox.webhooks.point({
      ...{ url: `${serving.url}/webhooks/main`, appId: '55', clientSecret },
      ...{ subscriptions: usualSubscriptions, gatherMs: 10, retryMs: 1_000 },
    });
    writes.clear();
    const day = new Date().toISOString().slice(0, 10);
    const deals = buyOn(portal, world, { day, share: 0.04, seed: 1 });
    await until(() => writes.size > 0);
    const end = await serving.stop();
    expect(end.code, end.stderr).toBe(0);
    expect(end.ms).toBeLessThan(leaveMs);

    const next = await serve(port);
    await until(() => writes.size >= deals.length);
    await sandbox.webhooks.settle();
    await next.stop();
    expect(await stillToWrite()).toBe(0);
  }, 240_000);
});

describe('assay worker', () => {
  it('is refused on a folder, with what to do', async () => {
    const { code, stderr } = await place.assay(['worker'], variables());
    expect(code).toBe(2);
    expect(stderr).toMatch(/WORKER_NEEDS_SERVER/);
    expect(stderr).toContain('DATABASE_URL');
  });
});

async function until(isReached: () => boolean): Promise<void> {
  for (const end = Date.now() + 90_000; !isReached(); ) {
    if (Date.now() > end) throw new Error('The process never came so far');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
