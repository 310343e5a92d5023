import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generatedWorld } from '../../sandbox/data/generate.ts';
import { loadWorld as loadPortal } from '../../sandbox/hubspot/load.ts';
import { Portal } from '../../sandbox/hubspot/portal.ts';
import { type HubSpotSandbox, startHubSpotSandbox } from '../../sandbox/hubspot/server.ts';
import { startZohoSandbox, type ZohoSandbox } from '../../sandbox/zoho/server.ts';
import { freePort, press, printedPage } from './consenting.ts';
import { openWorkplace, type Workplace } from './run-assay.ts';

const patience = { timeout: 120_000 };
const key = '0123456789abcdef'.repeat(4);
const nextKey = 'fedcba9876543210'.repeat(4);
const redirectOf = (port: number) => `http://localhost:${port}/callback`;

let place: Workplace;
let portal: HubSpotSandbox;
let otherPortal: HubSpotSandbox;
let org: ZohoSandbox;
let port: number;
/** All that any command of this file printed. */
const printed: string[] = [];
/** Every token and code that was given out, and the client secrets and keys. */
const secrets = new Set(['hub-client-secret', 'zoho-client-secret', key, nextKey]);

const app = { clientId: 'hub-client', clientSecret: 'hub-client-secret', appId: '2002' };
const client = { clientId: '1000.CLIENT', clientSecret: 'zoho-client-secret' };
const variables = {
  ASSAY_SECRET_KEY: key,
  ...{ HUB_ID: app.clientId, HUB_SECRET: app.clientSecret },
  ...{ ZOHO_ID: client.clientId, ZOHO_SECRET: client.clientSecret },
};

/** A world of 40 contacts that was last touched two hours ago; the tests below are one story. */
beforeAll(async () => {
  place = openWorkplace();
  port = await freePort();
  const apps = [{ ...app, redirectUris: [redirectOf(port)] }];
  portal = await startHubSpotSandbox({
    portal: loadedPortal(4_711),
    apps,
    rotateRefreshTokens: true,
  });
  otherPortal = await startHubSpotSandbox({ portal: loadedPortal(4_712), apps });
  org = await startZohoSandbox({ clients: [{ ...client, redirectUris: [redirectOf(port)] }] });
  for (const { tokens } of [portal, otherPortal, org]) noteSecrets(tokens);
  place.writeConfig(configOf(portal.url));
});

afterAll(async () => {
  await Promise.all([portal.close(), otherPortal.close(), org.close()]);
  place.remove();
});

function loadedPortal(portalId: number): Portal {
  const made = new Portal({ portalId, companyCurrency: 'GBP', timeZone: 'Europe/London' });
  const world = generatedWorld({ contacts: 40, deals: 160, seed: 7 });
  loadPortal(made, world, { loadedAt: Date.now() - 7_200_000 });
  return made;
}

type Making = 'authorize' | 'issueAccess' | 'issueRefresh';

function noteSecrets(tokens: Record<Making, (...given: never[]) => string | undefined>): void {
  for (const making of ['authorize', 'issueAccess', 'issueRefresh'] as const) {
    const make = tokens[making].bind(tokens);
    tokens[making] = (...given) => {
      const made = make(...given);
      if (made !== undefined) secrets.add(made);
      return made;
    };
  }
}

function configOf(hubUrl: string, hubAuth = ''): string {
  return `connections:
  main:
    crm: hubspot
    settings:
      auth: { kind: oauth, clientIdEnv: HUB_ID, clientSecretEnv: HUB_SECRET${hubAuth} }
      baseUrl: ${hubUrl}
  wholesale:
    crm: zoho
    settings:
      auth: { clientIdEnv: ZOHO_ID, clientSecretEnv: ZOHO_SECRET }
      accountsUrl: ${org.url}
`;
}

async function assay(args: readonly string[], more: Record<string, string> = {}) {
  const ended = await place.assay([...args, '--debug'], {
    ...variables,
    LOG_LEVEL: 'debug',
    ...more,
  });
  printed.push(ended.stdout, ended.stderr);
  return ended;
}

/** `assay connect` with somebody at the browser. */
async function connect(args: readonly string[], button: Parameters<typeof press>[1]) {
  const running = place.start(['connect', ...args, '--port', `${port}`, '--debug'], {
    ...{ ...variables, LOG_LEVEL: 'debug' },
  });
  const pressed = await press(await printedPage(running), button);
  const ended = await running.ended;
  printed.push(ended.stdout, ended.stderr);
  return { ...ended, ...pressed };
}

describe('a connection that nobody agreed to yet', patience, () => {
  it('is paused, and says how it is connected', async () => {
    const { code, stderr } = await assay(['run', '--connection', 'main']);
    expect(code).toBe(4);
    expect(stderr).toContain('NOT_CONNECTED');
    expect(stderr).toContain('assay connect main');
  });

  it('is not connected without a key to seal the tokens with', async () => {
    const { code, stderr } = await assay(['connect', 'main'], { ASSAY_SECRET_KEY: '' });
    expect(code).toBe(2);
    expect(stderr).toContain('SECRET_KEY_MISSING');
  });

  it('must be named where there are several', async () => {
    const { code, stderr } = await assay(['connect']);
    expect(code).toBe(2);
    expect(stderr).toContain('main, wholesale');
  });
});

describe('assay connect hubspot', patience, () => {
  it('says what the page said when nobody agreed, in the browser too, and keeps nothing', async () => {
    const { code, stderr, status, text } = await connect(['hubspot'], 'Cancel');
    expect(code).toBe(2);
    expect(stderr).toContain('CONSENT_REFUSED');
    expect(stderr).toContain('access_denied: The user did not agree');
    expect(status).toBe(400);
    expect(text).toContain('access_denied');
  });

  it('explains each scope, sends who agrees back, and names the account', async () => {
    const { code, stdout, status, text } = await connect(['hubspot'], 'Connect app');
    expect(code).toBe(0);
    expect(stdout).toMatch(/crm\.objects\.contacts\.write +apply +writes scores to contacts/);
    expect(stdout).toMatch(/settings\.currencies\.read +pull +.*may be left out/);
    expect(stdout).toContain('✓ Connection "main" is hubspot account 4711:');
    expect(status).toBe(200);
    expect(text).toContain('Connected');
  });

  it('asked for all that the verbs need, and no refresh token stands in the environment', async () => {
    const doctor = await assay(['doctor', '--connection', 'main', '--json']);
    const { findings } = JSON.parse(doctor.stdout);
    const scopes = findings.filter(({ check }: { check: string }) => check === 'scopes');
    expect(scopes.map(({ status }: { status: string }) => status)).not.toContain('problem');
    expect(scopes.length).toBeGreaterThan(3);
    expect((await assay(['provision', '--connection', 'main'])).code).toBe(0);
    const run = await assay(['run', '--connection', 'main', '--json']);
    expect(run.code, run.stderr).toBe(0);
    expect(JSON.parse(run.stdout).runs[0].apply.receipts.applied).toBeGreaterThan(30);
  });

  it('sends a stranger away, and goes on waiting for whom it asked', async () => {
    const running = place.start(['connect', 'main', '--port', `${port}`, '--json'], variables);
    const page = await printedPage(running);
    const guess = new URLSearchParams({ code: 'stolen', state: 'A'.repeat(43) });
    const strange = await fetch(`http://127.0.0.1:${port}/callback?${guess}`);
    expect(strange.status).toBe(400);
    expect(await strange.text()).toContain('did not ask');
    const { status, address } = await press(page, 'Connect app');
    expect(status).toBe(200);
    await expect(fetch(address)).rejects.toThrow();
    const { code, stdout, stderr } = await running.ended;
    printed.push(stdout, stderr);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ connection: 'main', crm: 'hubspot', movedFrom: null, notes: [] },
      account: { id: '4711', currency: 'GBP' },
    });
  });

  it('ends by itself when nobody comes', async () => {
    const running = place.start(
      ['connect', 'main', '--port', `${port}`, '--timeout', '1'],
      variables,
    );
    await printedPage(running);
    const { code, stderr } = await running.ended;
    expect(code).toBe(2);
    expect(stderr).toContain('CONSENT_TIMED_OUT');
  });

  it('keeps a connection on its account unless told to move it, and then forgets the other', async () => {
    place.writeConfig(configOf(otherPortal.url));
    const refused = await connect(['main'], 'Connect app');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('CONNECTION_MOVED');
    expect(refused.text).toContain('4712');
    place.writeConfig(configOf(portal.url));
    expect((await assay(['run', '--connection', 'main'])).code).toBe(0);
    place.writeConfig(configOf(otherPortal.url));
    const moved = await connect(['main', '--move'], 'Connect app');
    expect(moved.code).toBe(0);
    expect(moved.stdout).toContain('Everything stored of account 4711 is forgotten');
    const before = otherPortal.calls.report().kinds.read;
    expect((await assay(['provision', '--connection', 'main'])).code).toBe(0);
    const run = await assay(['run', '--connection', 'main', '--json']);
    expect(JSON.parse(run.stdout).runs[0]).toMatchObject({ outcome: 'done' });
    expect(otherPortal.calls.report().kinds.read).toBeGreaterThan(before);
  });

  it('counts until the operator gives another refresh token, which counts then', async () => {
    place.writeConfig(configOf(otherPortal.url, ', refreshTokenEnv: HUB_REFRESH'));
    const wrong = await assay(['doctor', '--connection', 'main'], {
      HUB_REFRESH: 'operator-gave-this',
    });
    expect(wrong.stderr).toContain('REFRESH_REFUSED');
    secrets.add('operator-gave-this');
    const running = place.start(['connect', 'main', '--port', `${port}`], {
      ...{ ...variables, HUB_REFRESH: 'operator-gave-this' },
    });
    await press(await printedPage(running), 'Connect app');
    const { stdout } = await running.ended;
    printed.push(stdout);
    expect(stdout).toContain('HUB_REFRESH is set as well');
    const right = await assay(['doctor', '--connection', 'main'], {
      HUB_REFRESH: 'operator-gave-this',
    });
    expect(right.stdout).toMatch(/^✓ token/m);
  });
});

describe('assay connect zoho', patience, () => {
  it('asks for what the settings need, and runs on it', async () => {
    const { code, stdout, stderr } = await connect(['wholesale'], 'Connect app');
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/ZohoCRM\.notifications\.ALL +serve/);
    expect(stdout).toContain('✓ Connection "wholesale" is zoho account ');
    const doctor = await assay(['doctor', '--connection', 'wholesale', '--json']);
    const { findings } = JSON.parse(doctor.stdout);
    const scopes = findings.filter(({ check }: { check: string }) => check === 'scopes');
    expect(scopes.filter(({ status }: { status: string }) => status !== 'ok')).toEqual([]);
    expect((await assay(['provision', '--connection', 'wholesale'])).code).toBe(0);
    expect((await assay(['run', '--connection', 'wholesale'])).code).toBe(0);
  });

  it('without a browser here takes the address that one elsewhere was sent to, and no other', async () => {
    const pasted = async (change: (address: URL) => string) => {
      const running = place.start(
        ['connect', 'wholesale', '--manual', '--port', `${port}`],
        variables,
      );
      const { address } = await press(await printedPage(running), 'Connect app');
      running.type(change(address));
      const ended = await running.ended;
      printed.push(ended.stdout, ended.stderr);
      return ended;
    };
    const good = await pasted(({ href }) => href);
    expect(good.code, good.stderr).toBe(0);
    expect(good.stdout).toContain('✓ Connection "wholesale"');
    const foreign = await pasted(({ href }) => href.replace(/state=[^&]+/, 'state=another'));
    expect(foreign.code).toBe(2);
    expect(foreign.stderr).toContain('its `state` is another');
    const half = await pasted(({ searchParams }) => searchParams.get('code') ?? '');
    expect(half.stderr).toContain('That is no address');
  });

  it('takes the code of a self client without a browser, once', async () => {
    const [known] = org.tokens.clients;
    if (known === undefined) throw new Error('The sandbox knows no client');
    const code = org.tokens.authorize(known);
    const first = await assay(['connect', 'wholesale', '--code', code]);
    expect(first.code, first.stderr).toBe(0);
    const second = await assay(['connect', 'wholesale', '--code', code]);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain('CONSENT_REFUSED');
    expect((await assay(['doctor', '--connection', 'wholesale'])).stdout).toMatch(/^✓ token/m);
  });
});

describe('assay secrets rotate', patience, () => {
  it('leaves both connections working under the new key alone, and may be repeated', async () => {
    const both = { ASSAY_SECRET_KEY: nextKey, ASSAY_SECRET_KEY_OLD: key };
    expect((await assay(['doctor', '--connection', 'wholesale'], both)).stdout).toMatch(
      /^✓ token/m,
    );
    const first = await assay(['secrets', 'rotate', '--json'], both);
    expect(first.code).toBe(0);
    const { resealed, current } = JSON.parse(first.stdout);
    expect(resealed + current).toBe(2);
    const again = await assay(['secrets', 'rotate', '--json'], both);
    expect(JSON.parse(again.stdout)).toEqual({ resealed: 0, current: 2, unreadable: [] });
    const alone = { ASSAY_SECRET_KEY: nextKey };
    expect((await assay(['doctor', '--connection', 'wholesale'], alone)).stdout).toMatch(
      /^✓ token/m,
    );
    const lost = await assay(['secrets', 'rotate', '--json']);
    expect(lost.code).toBe(1);
    expect(JSON.parse(lost.stdout).unreadable).toHaveLength(2);
  });

  it('is refused without a key, and with one that is none', async () => {
    const none = await assay(['secrets', 'rotate'], { ASSAY_SECRET_KEY: '' });
    expect(none.stderr).toContain('SECRET_KEY_MISSING');
    const bad = await assay(['secrets', 'rotate'], { ASSAY_SECRET_KEY_OLD: 'not a key at all' });
    expect(bad.stderr).toContain('ASSAY_SECRET_KEY_OLD is no key');
    expect(bad.stderr + bad.stdout).not.toContain('not a key at all');
  });
});

it('nothing secret was printed or logged by any of them', () => {
  expect(printed.length).toBeGreaterThan(40);
  expect(secrets.size).toBeGreaterThan(15);
  const everything = printed.join('\n');
  const shown = [...secrets].filter((secret) => everything.includes(secret));
  expect(shown).toEqual([]);
});
