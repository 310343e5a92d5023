import { describe, expect, it } from 'vitest';
import { oauth, type TokenAnswer } from '../../../connectors/hubspot/auth.ts';
import { refusal } from '../../../connectors/hubspot/errors.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { sampleRequest } from '../../contract/provision-samples.ts';
import { impatientClock } from '../kit/impatient-clock.ts';
import { startPortal } from './portal-under-test.ts';

const signal = new AbortController().signal;

function keeper(kept: Secret | null = null) {
  const saved: string[] = [];
  let current = kept;
  return {
    saved,
    load: async () => current,
    save: async (value: Secret) => {
      current = value;
      saved.push(value.reveal());
    },
    exclusively: async <T>(work: () => Promise<T>) => await work(),
  };
}

function parties(answers: readonly TokenAnswer[], refreshToken = 'first') {
  const sent: (string | null)[] = [];
  const credentials = keeper();
  const left = [...answers];
  let now = 0;
  const open = () =>
    oauth({
      ...{
        connection: 'main',
        clientId: new Secret('id'),
        clientSecret: new Secret('s'),
        credentials,
      },
      refreshToken: new Secret(refreshToken),
      now: () => now,
      exchange: async (form) => {
        sent.push(form.get('refresh_token'));
        const answer = left.shift();
        if (answer === undefined) throw new Error('no more tokens');
        return answer;
      },
    });
  const advance = (ms: number) => {
    now += ms;
  };
  return { auth: open(), open, sent, credentials, advance };
}

const access = (name: string, refresh?: string): TokenAnswer => {
  return { access_token: name, expires_in: 1800, ...(refresh && { refresh_token: refresh }) };
};

describe('OAuth', () => {
  it('renews by age, not before', async () => {
    const { auth, sent, advance } = parties([access('a'), access('b')]);
    expect((await auth.token(signal)).reveal()).toBe('a');
    advance(1_600_000);
    expect((await auth.token(signal)).reveal()).toBe('a');
    advance(100_000);
    expect((await auth.token(signal)).reveal()).toBe('b');
    expect(sent).toEqual(['first', 'first']);
  });

  it('renews once for everyone who waits', async () => {
    const { auth, sent } = parties([access('a')]);
    const tokens = await Promise.all([1, 2, 3, 4].map(() => auth.token(signal)));
    expect(tokens.map((token) => token.reveal())).toEqual(['a', 'a', 'a', 'a']);
    expect(sent).toHaveLength(1);
  });

  it('keeps the refresh token that comes back, over restarts', async () => {
    const { auth, open, sent, advance } = parties([access('a', 'second'), access('b')]);
    await auth.token(signal);
    const restarted = open();
    expect((await restarted.token(signal)).reveal()).toBe('a');
    advance(1_800_000);
    await restarted.token(signal);
    expect(sent).toEqual(['first', 'second']);
  });

  it('goes back to the operator’s refresh token when the one that came back is refused', async () => {
    const sent: (string | null)[] = [];
    let now = 0;
    const auth = oauth({
      ...{ connection: 'main', clientId: new Secret('id'), clientSecret: new Secret('s') },
      ...{ credentials: keeper(), refreshToken: new Secret('given'), now: () => now },
      exchange: async (form) => {
        sent.push(form.get('refresh_token'));
        if (form.get('refresh_token') === 'given') return access(`a${sent.length}`, 'spoilt');
        const refused = { status: 400, retryAfter: null, text: '{}', renewable: false };
        throw refusal({ ...refused, call: 'POST /oauth/2026-03/token' });
      },
    });
    await auth.token(signal);
    now += 1_700_000;
    expect((await auth.token(signal)).reveal()).toBe('a3');
    expect(sent).toEqual(['given', 'spoilt', 'given']);
  });

  it('prefers a refresh token that the operator changed', async () => {
    const { auth, credentials } = parties([access('a', 'second')]);
    await auth.token(signal);
    const sent: (string | null)[] = [];
    const changed = oauth({
      ...{
        connection: 'main',
        clientId: new Secret('id'),
        clientSecret: new Secret('s'),
        credentials,
        now: () => 0,
      },
      refreshToken: new Secret('given anew'),
      exchange: async (form) => {
        sent.push(form.get('refresh_token'));
        return access('c');
      },
    });
    await changed.token(signal);
    expect(sent).toEqual(['given anew']);
  });
});

describe('OAuth by consent', () => {
  const process = (
    credentials: ReturnType<typeof keeper>,
    refreshToken: string | null,
    id = 'id',
  ) => {
    const sent: (string | null)[] = [];
    const made = oauth({
      ...{ connection: 'main', clientId: new Secret(id), clientSecret: new Secret('s') },
      ...{ credentials, now: () => 0 },
      refreshToken: refreshToken === null ? null : new Secret(refreshToken),
      exchange: async (form) => {
        sent.push(form.get('refresh_token'));
        return access(`access ${sent.length} of ${id}`, 'rotated');
      },
    });
    return { sent, token: async () => (await made.token(signal)).reveal(), renew: made.renew };
  };

  it('without a refresh token from anywhere says how to get one', async () => {
    const { token } = process(keeper(), null);
    const error = { code: 'NOT_CONNECTED', disposition: 'pause-connection' };
    await expect(token()).rejects.toMatchObject(error);
  });

  it('goes on from what is kept when the operator takes his refresh token away', async () => {
    const credentials = keeper();
    await process(credentials, 'given').token();
    const later = process(credentials, null);
    await later.token();
    await later.renew(signal);
    expect(later.sent).toEqual(['rotated']);
  });

  it('does not use what another app was given', async () => {
    const credentials = keeper();
    await process(credentials, 'given').token();
    const other = process(credentials, null, 'other app');
    await expect(other.token()).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
  });

  it('takes the token that another process renewed meanwhile, whose refresh token rotated', async () => {
    const credentials = keeper();
    const [one, two] = [process(credentials, 'given'), process(credentials, 'given')];
    await one.token();
    await two.token();
    await one.renew(signal);
    await two.renew(signal);
    expect([one.sent, two.sent]).toEqual([['given', 'rotated'], []]);
  });
});

describe('OAuth against the portal', () => {
  const auth = {
    kind: 'oauth',
    clientIdEnv: 'ID',
    clientSecretEnv: 'SECRET',
    refreshTokenEnv: 'RT',
  };
  const secrets = {
    ID: 'sandbox-client-id',
    SECRET: 'sandbox-client-secret',
    RT: 'na1-sandbox-refresh',
  };

  it('works with a rotating refresh token, through a token that ends early', async () => {
    const portal = await startPortal({
      sandbox: { rotateRefreshTokens: true, limits: 'oauth-marketplace' },
    });
    const credentials = keeper();
    const connector = portal.opened({ settings: { auth }, secrets, credentials });
    expect(await connector.account(signal)).toMatchObject({
      ...{ plan: 'oauth-marketplace', quota: { limit: null, ours: { budget: null } } },
    });
    const match = { path: '/batch/read$' };
    portal.sandbox.faults.add([{ match, probability: 1, effect: { kind: 'expireToken' } }]);
    const ids = portal.liveIds('customers').slice(0, 2);
    expect((await connector.readHeld(ids, signal)).size).toBe(2);
    expect(credentials.saved).toHaveLength(2);
    await portal.close();
  });

  it('pauses the connection when the app was taken out of the portal', async () => {
    const portal = await startPortal();
    const connector = portal.opened({
      ...{ settings: { auth }, secrets: { ...secrets, RT: 'gone' }, clock: impatientClock() },
    });
    const expected = { code: 'REFRESH_REFUSED', disposition: 'pause-connection' };
    await expect(connector.account(signal)).rejects.toMatchObject(expected);
    const findings = await connector.doctor(sampleRequest, signal);
    expect(findings).toMatchObject([
      { status: 'problem', todo: expect.stringContaining('authorise') },
    ]);
    await portal.close();
  });
});
