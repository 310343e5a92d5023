import { afterAll, beforeAll, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import { loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { type HubSpotSandbox, startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { openWorkplace, sandboxConfig, type Workplace } from '../cli/run-assay.ts';

let place: Workplace;
let sandbox: HubSpotSandbox;
const writes = new Map<number, number>();

beforeAll(async () => {
  place = openWorkplace();
  const portal = new Portal({ companyCurrency: 'GBP', timeZone: 'Europe/London' });
  const world = generatedWorld({ contacts: 4_000, deals: 5_000, seed: 5 });
  loadWorld(portal, world, { loadedAt: Date.now() - 7_200_000 });
  sandbox = await startHubSpotSandbox({ portal, latency: { kind: 'fixed', ms: 30 } });
  place.writeConfig(sandboxConfig(sandbox.url));
  portal.events.subscribe((event) => {
    if (event.kind === 'changed' && event.type === 'contacts')
      writes.set(event.after.id, (writes.get(event.after.id) ?? 0) + 1);
  });
});

afterAll(async () => {
  await sandbox.close();
  place.remove();
});

const variables = () => ({ HUBSPOT_TOKEN: sandbox.token });

it('a process killed in the midst of reading, then of writing, writes nothing twice and loses nothing', async () => {
  expect((await place.assay(['provision'], variables())).code).toBe(0);

  const reading = place.start(['run'], variables());
  await until(() => sandbox.calls.all().filter(({ kind }) => kind === 'read').length > 12);
  reading.kill();
  await reading.ended;

  const writing = place.start(['run'], variables());
  await until(() => writes.size > 200);
  writing.kill();
  await writing.ended;
  const beforeLast = writes.size;

  const { code, stdout, stderr } = await place.assay(['run', '--json'], variables());
  expect(code, stderr).toBe(0);
  const [report] = JSON.parse(stdout).runs;
  expect(report.leftover.resumed).toBe(true);
  expect(report.leftover.receipts).toMatchObject({ open: 0, rejected: 0 });
  expect(writes.size).toBeGreaterThan(beforeLast);
  expect([...writes.values()].every((times) => times === 1)).toBe(true);
  expect(report.leftover.receipts.applied).toBe(writes.size);
}, 240_000);

async function until(isReached: () => boolean): Promise<void> {
  for (const end = Date.now() + 90_000; !isReached(); ) {
    if (Date.now() > end) throw new Error('The process never came so far');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
