import { describe, expect, it } from 'vitest';
import { allowanceOf, type Plan } from '../../../sandbox/hubspot/plans.ts';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { callerOf, startCaller } from './caller.ts';

const contacts = '/crm/objects/2026-03/contacts';
const search = '/crm/objects/2026-03/contacts/search';

/** A portal whose clock stands still, so that a window is exactly as full as the test made it. */
async function stoppedPortal(override = {}, plan: Plan = 'professional') {
  const clock = new AdjustableClock(() => Date.parse('2026-11-22T22:00:00Z'));
  const other = { token: 'pat-other', appId: '2' };
  const { sandbox, call } = await startCaller({
    clock,
    limits: { plan, override },
    portalOptions: { timeZone: 'Europe/Berlin' },
    tokens: [{ token: 'pat-one', appId: '1' }, other],
  });
  return { sandbox, clock, call, callOther: callerOf(sandbox.url, other.token) };
}

describe('rate limits', () => {
  it('let exactly the plan through in ten seconds, then say TEN_SECONDLY_ROLLING', async () => {
    const { call, clock } = await stoppedPortal();
    const answers = await Promise.all(Array.from({ length: 195 }, () => call('GET', contacts)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(190);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({
      status: 'error',
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
      message: 'You have reached your ten_secondly_rolling limit.',
    });
    clock.advance(9_999);
    expect((await call('GET', contacts)).status).toBe(429);
    clock.advance(1);
    expect((await call('GET', contacts)).status).toBe(200);
  });

  it('tell in headers what is left', async () => {
    const { call } = await stoppedPortal();
    await call('GET', contacts);
    const { headers } = await call('GET', contacts);
    expect(headers.get('x-hubspot-ratelimit-max')).toBe('190');
    expect(headers.get('x-hubspot-ratelimit-remaining')).toBe('188');
    expect(headers.get('x-hubspot-ratelimit-interval-milliseconds')).toBe('10000');
    expect(headers.get('x-hubspot-ratelimit-daily')).toBe('625000');
    expect(headers.get('x-hubspot-ratelimit-daily-remaining')).toBe('624998');
  });

  it('are one window for each app, and one day for all', async () => {
    const { call, callOther } = await stoppedPortal({ tenSecondly: 1, daily: 2 });
    expect((await call('GET', contacts)).status).toBe(200);
    expect((await call('GET', contacts)).status).toBe(429);
    expect((await callOther('GET', contacts)).status).toBe(200);
    expect((await callOther('GET', contacts)).body).toMatchObject({ policyName: 'DAILY' });
  });

  it('begin a new day at midnight of the account', async () => {
    const { call, clock } = await stoppedPortal({ daily: 1 });
    await call('GET', contacts);
    expect((await call('GET', contacts)).body).toMatchObject({
      message: 'You have reached your daily limit.',
      policyName: 'DAILY',
    });
    clock.advance(3_600_000 - 1);
    expect((await call('GET', contacts)).status).toBe(429);
    clock.advance(1);
    expect((await call('GET', contacts)).status).toBe(200);
  });

  it('give searches five a second for the whole account, outside the ten seconds, without headers', async () => {
    const { call, callOther, clock } = await stoppedPortal({ tenSecondly: 1 });
    const answers = [];
    for (let index = 0; index < 5; index += 1) answers.push(await call('POST', search, {}));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(answers[0]?.headers.get('x-hubspot-ratelimit-max')).toBeNull();
    const refused = await callOther('POST', search, {});
    expect(refused.body).toMatchObject({
      policyName: 'SECONDLY',
      message: 'You have reached your secondly limit.',
    });
    expect(refused.headers.get('x-hubspot-ratelimit-max')).toBeNull();
    expect((await call('GET', contacts)).status).toBe(200);
    clock.advance(1_000);
    expect((await callOther('POST', search, {})).status).toBe(200);
  });

  it('give associations a bucket of their own', async () => {
    const { call } = await stoppedPortal({ tenSecondly: 1, associations: 2 });
    const read = () =>
      call('POST', '/crm/associations/2026-03/deals/contacts/batch/read', { inputs: [] });
    await call('GET', contacts);
    await read();
    expect((await read()).headers.get('x-hubspot-ratelimit-max')).toBe('2');
    expect((await read()).body).toMatchObject({ policyName: 'TEN_SECONDLY_ROLLING' });
  });

  it('do not count what they refuse, nor the token endpoints', async () => {
    const { call } = await stoppedPortal({ tenSecondly: 1, daily: 100 });
    await call('GET', contacts);
    await call('GET', contacts);
    await call('POST', '/oauth/v3/token', new URLSearchParams());
    const { headers } = await call('GET', contacts);
    expect(headers.get('x-hubspot-ratelimit-daily-remaining')).toBe('99');
  });

  it('can be changed while the sandbox runs', async () => {
    const { call } = await stoppedPortal({ tenSecondly: 1 });
    await call('GET', contacts);
    expect((await call('GET', contacts)).status).toBe(429);
    const limits = { plan: 'free', usedToday: 249_999 };
    expect((await call('POST', '/_sandbox/limits', limits)).status).toBe(200);
    expect((await call('GET', contacts)).status).toBe(200);
    expect((await call('GET', contacts)).body).toMatchObject({ policyName: 'DAILY' });
    await call('POST', '/_sandbox/limits', { plan: 'off' });
    expect((await call('GET', contacts)).status).toBe(200);
  });

  it('are those of the plan, with and without increases', () => {
    expect(allowanceOf('starter')).toMatchObject({
      tenSecondly: 100,
      daily: 250_000,
      associations: 100,
    });
    expect(allowanceOf('enterprise')).toMatchObject({
      tenSecondly: 190,
      daily: 1_000_000,
      associations: 150,
    });
    expect(allowanceOf('professional', 2)).toMatchObject({
      tenSecondly: 250,
      daily: 2_625_000,
      associations: 200,
      associationsDaily: 1_000_000,
    });
    expect(allowanceOf('oauth-marketplace', 2).tenSecondly).toBe(110);
  });
});

describe('daily usage', () => {
  it('is told as it is counted, with the hour at which it ends', async () => {
    const { call } = await stoppedPortal();
    await call('GET', contacts);
    await call('POST', search, {});
    const { body } = await call('GET', '/account-info/v3/api-usage/daily/private-apps');
    expect(body).toMatchObject({
      results: [{ usageLimit: 625_000, currentUsage: 3, resetsAt: '2026-11-22T23:00:00.000Z' }],
    });
  });
});
