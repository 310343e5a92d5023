import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import { loadWorld } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { type HubSpotSandbox, startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { openWorkplace, sandboxConfig, type Workplace } from './run-assay.ts';

let place: Workplace;
let shop: HubSpotSandbox;
let wholesale: HubSpotSandbox;

async function aPortal(): Promise<HubSpotSandbox> {
  const portal = new Portal({ companyCurrency: 'GBP', timeZone: 'Europe/London' });
  const world = generatedWorld({ contacts: 60, deals: 200, seed: 7 });
  loadWorld(portal, world, { loadedAt: Date.now() - 7_200_000 });
  return startHubSpotSandbox({ portal });
}

function connection(name: string, { url }: HubSpotSandbox, token: string): string {
  const settings = `{ token: ${token}, baseUrl: "${url}" }`;
  return `  ${name}:\n    crm: hubspot\n    settings: ${settings}\n`;
}

beforeAll(async () => {
  place = openWorkplace();
  shop = await aPortal();
  wholesale = await aPortal();
  const connections = [
    connection('shop', shop, 'SHOP_TOKEN'),
    connection('wholesale', wholesale, 'WHOLESALE_TOKEN'),
  ];
  place.writeConfig(
    `connections:\n${connections.join('')}identity:\n  - connections: [shop, wholesale]\n    by: [externalId, email, phone]\n`,
  );
});

afterAll(async () => {
  await shop.close();
  await wholesale.close();
  place.remove();
});

function assay(...args: readonly string[]) {
  return place.assay(args, { SHOP_TOKEN: shop.token, WHOLESALE_TOKEN: wholesale.token });
}

describe('assay identity', { timeout: 180_000 }, () => {
  it('says what is not read yet', async () => {
    const { code, stdout, stderr } = await assay('identity');
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^shop \+ wholesale\n {2}! shop was never pulled to an end/);
  });

  it('lists whom both know after a run that read both first, and counts each order once', async () => {
    for (const name of ['shop', 'wholesale']) await assay('provision', '--connection', name);
    const { code, stdout, stderr } = await assay('run', '--json');
    expect(code, stderr).toBe(0);
    const { runs } = JSON.parse(stdout);
    expect(
      runs.map(({ connection: name, score }: { connection: string; score: unknown }) => [
        name,
        score !== null,
      ]),
    ).toEqual([
      ['wholesale', false],
      ['shop', true],
      ['wholesale', true],
    ]);
    expect(runs[1].score.identity.joined.externalId).toBe(60);
    expect(runs[1].score.hash).toBe(runs[2].score.hash);
    const listed = await assay('identity', '--json');
    expect(JSON.parse(listed.stdout).groups).toMatchObject([
      { connections: ['shop', 'wholesale'], conflicts: 0, orders: 0, waitingFor: [] },
    ]);
    expect((await assay('identity')).stdout).toMatch(
      /60 customers known to several: 60 by customer number/,
    );
  });

  it('is said in the report of a run and in an explanation', async () => {
    const { stdout } = await assay('run');
    expect(stdout).toMatch(/60 customers joined with wholesale, 0 conflicts/);
    const { contacts } = shop.portal.objects;
    const number = contacts.at([...contacts.slotsFrom(0)][0] ?? 0).properties['external_id'] ?? '';
    const explained = await assay('explain', number, '--connection', 'shop');
    expect(explained.stdout).toMatch(/ {2}Records\n {4}shop \d+/);
    expect(explained.stdout).toMatch(/\n {4}wholesale \d+/);
  });

  it('has nothing to list without a group', async () => {
    place.writeConfig(sandboxConfig(shop.url));
    const { stdout } = await assay('identity');
    expect(stdout).toMatch(/^No connections are joined/);
  });
});
