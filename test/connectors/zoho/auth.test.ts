import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startZohoSandbox, type ZohoSandbox } from '../../../sandbox/zoho/server.ts';
import { CallError } from '../../../src/connector/http/call-error.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { impatientClock } from '../kit/impatient-clock.ts';
import { type MemoryStores, memoryStores } from './memory-stores.ts';
import { ask, openedAt, type SessionSetup } from './session-under-test.ts';

let sandbox: ZohoSandbox;
let memory: MemoryStores;

beforeEach(async () => {
  sandbox = await startZohoSandbox();
  memory = memoryStores();
});
afterEach(async () => {
  await sandbox.close();
});

const opened = (setup: SessionSetup = {}) => openedAt(sandbox.url, { memory, ...setup });

function renewals(): number {
  return sandbox.calls.all().filter(({ endpoint }) => endpoint.endsWith('/oauth/v2/token')).length;
}

async function failure(work: Promise<unknown>): Promise<CallError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CallError)) throw new Error(`Not refused: ${String(error)}`);
  return error;
}

describe('the access token', () => {
  it('is made once for all that wait for it', async () => {
    const session = opened();
    await Promise.all([1, 2, 3, 4].map(() => ask(session)));
    expect(renewals()).toBe(1);
  });

  it('is shared by the processes of a connection', async () => {
    await ask(opened());
    await ask(opened());
    expect(renewals()).toBe(1);
    expect(memory.saved).toHaveLength(1);
  });

  it('is renewed by one of two processes that find it refused at once', async () => {
    const processes = [opened(), opened(), opened()];
    await Promise.all(processes.map((session) => ask(session)));
    expect(renewals()).toBe(1);
    sandbox.tokens.expireAll();
    await Promise.all(processes.map((session) => ask(session)));
    expect(renewals()).toBe(2);
  });

  it('is renewed once however many calls find it refused', async () => {
    const session = opened();
    await ask(session);
    sandbox.tokens.expireAll();
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => ask(session)));
    expect(renewals()).toBe(2);
  });

  it('is renewed a minute before its end, not earlier', async () => {
    let ahead = 0;
    const clock = { ...systemClock, now: () => Date.now() + ahead };
    const session = opened({ clock });
    await ask(session);
    ahead = 3_530_000;
    await ask(session);
    expect(renewals()).toBe(1);
    ahead = 3_550_000;
    await ask(session);
    expect(renewals()).toBe(2);
  });

  it('is not renewed at every call when it lives for seconds', async () => {
    await sandbox.close();
    sandbox = await startZohoSandbox({ tokenRules: { accessTokenSeconds: 30 } });
    const session = opened();
    for (let call = 0; call < 5; call += 1) await ask(session);
    expect(renewals()).toBe(1);
  });

  it('goes where api_domain says, whatever the data centre of the settings', async () => {
    const session = opened({ settings: { dataCentre: 'in' } });
    expect(await ask(session)).toMatchObject({ org: [{ zgid: '20087654321' }] });
    expect(session.addresses.apiDomain).toBe(sandbox.url);
  });

  it('is not sent to an address that is not Zoho’s', async () => {
    const { addresses } = openedAt('x', { settings: { accountsUrl: undefined } });
    expect(() => addresses.learn('https://zohoapis.evil.example')).toThrow('not Zoho');
    addresses.learn('https://www.zohoapis.eu');
    expect(addresses.of('api')).toBe('https://www.zohoapis.eu');
    expect(addresses.of('content')).toBe('https://content.zohoapis.eu');
  });

  it('keeps to the host of a sandbox org, whose api_domain may not say so', () => {
    const settings = { accountsUrl: undefined, environment: 'sandbox', dataCentre: 'eu' };
    const { addresses } = openedAt('x', { settings });
    expect(addresses.of('api')).toBe('https://sandbox.zohoapis.eu');
    addresses.learn('https://www.zohoapis.eu');
    expect(addresses.of('api')).toBe('https://sandbox.zohoapis.eu');
  });

  it('of another client or data centre is not taken for ours', async () => {
    await ask(opened());
    const kept = JSON.parse(memory.saved[0] ?? '{}');
    await memory.credentials.save(new Secret(JSON.stringify({ ...kept, origin: 'another' })));
    await ask(opened());
    expect(renewals()).toBe(2);
  });
});

describe('a token that is refused', () => {
  it.each([{ kind: 'expireToken' }, { kind: 'authenticationFailure', expires: true }] as const)(
    'is renewed once and the call made again (%j)',
    async (effect) => {
      const session = opened();
      await ask(session);
      sandbox.faults.add([{ match: { path: '/org$' }, probability: 1, times: 1, effect }]);
      expect(await ask(session)).toMatchObject({ org: [{}] });
      expect(renewals()).toBe(2);
    },
  );

  it('pauses the connection when a new one is refused too, and says where to look', async () => {
    const effect = { kind: 'expireToken' } as const;
    sandbox.faults.add([{ match: { path: '/org$' }, probability: 1, times: 9, effect }]);
    const error = await failure(ask(opened()));
    expect(error).toMatchObject({ code: 'TOKEN_REFUSED', disposition: 'pause-connection' });
    expect(error.todo).toContain('dataCentre');
    expect(renewals()).toBe(2);
  });

  it('is not renewed for want of a scope, which is named with what to do', async () => {
    const session = opened();
    await ask(session);
    const effect = { kind: 'scopeMismatch' } as const;
    sandbox.faults.add([{ match: { path: '/org$' }, probability: 1, times: 1, effect }]);
    const error = await failure(ask(session));
    expect(error).toMatchObject({ code: 'SCOPE_MISSING', disposition: 'pause-connection' });
    expect(error.message).toContain('ZohoCRM.org.READ');
    expect(error.todo).toContain('Consent again with ZohoCRM.org.READ');
    expect(renewals()).toBe(1);
  });
});

describe('a renewal that is refused', () => {
  it('pauses the connection when the refresh token was revoked', async () => {
    sandbox.tokens.revokeAll();
    const error = await failure(ask(opened()));
    expect(error).toMatchObject({ code: 'REFRESH_REFUSED', disposition: 'pause-connection' });
    expect(error.message).toContain('invalid_code');
    expect(error.todo).toContain('revoked');
  });

  it.each([200, 400])('is understood whatever its status (%i)', async (errorStatus) => {
    await sandbox.close();
    sandbox = await startZohoSandbox({ oauth: { errorStatus } });
    const error = await failure(ask(opened({ secrets: { REFRESH: '1000.of-another-org' } })));
    expect(error).toMatchObject({ code: 'REFRESH_REFUSED' });
  });

  it('names the data centre when the client is not known there', async () => {
    const error = await failure(ask(opened({ secrets: { ID: '1000.CLIENTOFEU' } })));
    expect(error).toMatchObject({ code: 'REFRESH_REFUSED', disposition: 'pause-connection' });
    expect(error.todo).toContain('dataCentre');
  });

  it('ends the run at the eleventh in ten minutes, without asking Zoho', async () => {
    const session = opened();
    for (let renewal = 0; renewal < 10; renewal += 1) {
      sandbox.tokens.expireAll();
      await ask(session);
    }
    expect(renewals()).toBe(10);
    sandbox.tokens.expireAll();
    const error = await failure(ask(session));
    expect(error).toMatchObject({ code: 'RENEWALS_LIMITED', disposition: 'end-at-checkpoint' });
    expect(error.message).toMatch(/in 10 min/);
    // A new process counts those of the old one.
    expect(await failure(ask(opened()))).toMatchObject({ code: 'RENEWALS_LIMITED' });
    expect(renewals()).toBe(10);
  });

  it('is counted by the process itself where no token can be kept', async () => {
    const nowhere = { load: async () => null, save: async () => undefined };
    const credentials = { ...memory.credentials, ...nowhere };
    const session = opened({ credentials });
    for (let renewal = 0; renewal < 10; renewal += 1) {
      sandbox.tokens.expireAll();
      await ask(session);
    }
    sandbox.tokens.expireAll();
    expect(await failure(ask(session))).toMatchObject({ code: 'RENEWALS_LIMITED' });
    expect(renewals()).toBe(10);
  });

  it('ends the run when another installation used the ten up', async () => {
    for (let other = 0; other < 10; other += 1) await ask(openedAt(sandbox.url));
    const error = await failure(ask(opened()));
    expect(error).toMatchObject({ code: 'RENEWALS_LIMITED', disposition: 'end-at-checkpoint' });
  });

  it('for a passing fault is tried again', async () => {
    const effect = { kind: 'html', status: 502, when: 'before' } as const;
    sandbox.faults.add([{ match: { path: '/oauth/' }, probability: 1, times: 1, effect }]);
    expect(await ask(opened())).toMatchObject({ org: [{}] });
  });

  it('shows no secret in any word', async () => {
    const session = opened({ secrets: { REFRESH: '1000.revoked-token' } });
    const refused = await failure(ask(session));
    const lost = await failure(ask(openedAt('http://127.0.0.1:9', { clock: impatientClock() })));
    for (const error of [refused, lost]) {
      const shown = JSON.stringify([error, String(error), error.todo, error.cause, error.stack]);
      for (const secret of ['1000.revoked-token', 'sandbox-client-secret', '1000.sandbox'])
        expect(shown).not.toContain(secret);
    }
  });
});
