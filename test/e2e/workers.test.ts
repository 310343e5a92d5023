import { afterAll, beforeAll, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import { loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { type HubSpotSandbox, startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { openWorkplace, type Workplace } from '../cli/run-assay.ts';
import { startServer } from '../store/embedded-server.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let databaseUrl = '';
let place: Workplace;
const sandboxes: HubSpotSandbox[] = [];
const names = ['one', 'two', 'three'] as const;

beforeAll(async () => {
  server = await startServer();
  databaseUrl = (await server.database('workers')).reveal();
  place = openWorkplace();
  const world = generatedWorld({ contacts: 200, deals: 400, seed: 5 });
  for (const [at] of names.entries()) {
    const portal = new Portal({ portalId: 4_000 + at, companyCurrency: 'GBP' });
    loadWorld(portal, world, { loadedAt: Date.now() - 7_200_000 });
    sandboxes.push(await startHubSpotSandbox({ portal, latency: { kind: 'fixed', ms: 20 } }));
  }
  place.writeConfig(
    [
      'connections:',
      ...names.map(
        (name, at) =>
          `  ${name}: { crm: hubspot, settings: { token: HUBSPOT_TOKEN, baseUrl: '${sandboxes[at]?.url}' } }`,
      ),
    ].join('\n'),
  );
}, 120_000);

afterAll(async () => {
  for (const sandbox of sandboxes) await sandbox.close();
  place.remove();
  await server.stop();
});

it('workers on one Postgres share the work of a serve, each connection with one of them, and leave when told', async () => {
  const variables = { HUBSPOT_TOKEN: sandboxes[0]?.token ?? '', DATABASE_URL: databaseUrl };
  for (const name of names)
    expect((await place.assay(['provision', '--connection', name], variables)).code).toBe(0);
  const parallel = ['--parallel', '1'];
  const workers = [0, 1].map(() => place.start(['worker', ...parallel], variables));
  const serving = place.start(['serve', '--port', '0', ...parallel], variables);
  const all = [...workers, serving];
  const lines = (event: string) =>
    all.flatMap(({ stderr }, at) =>
      stderr()
        .split('\n')
        .filter((line) => line.includes(`"msg":"${event}"`))
        .map((line) => ({ at, ...JSON.parse(line) })),
    );
  const done = () => lines('run.end').filter(({ outcome }) => outcome === 'done');
  for (const end = Date.now() + 90_000; done().length < names.length; ) {
    if (Date.now() > end) throw new Error(all.map(({ stderr }) => stderr()).join('\n---\n'));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(
    lines('run.start')
      .map(({ connection }) => connection)
      .toSorted(),
  ).toEqual(names.toSorted());
  expect(new Set(done().map(({ at }) => at)).size).toBeGreaterThan(1);
  for (const one of all) one.terminate();
  for (const { ended } of all) {
    const { code, stderr } = await ended;
    expect(code, stderr).toBe(0);
  }
}, 180_000);
