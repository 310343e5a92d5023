import { afterEach, describe, expect, it } from 'vitest';
import { CreditShare } from '../../../connectors/zoho/credit-share.ts';
import { Rates } from '../../../connectors/zoho/rates.ts';
import { anything } from '../../../connectors/zoho/wire.ts';
import {
  startZohoSandbox,
  type ZohoSandbox,
  type ZohoSandboxOptions,
} from '../../../sandbox/zoho/server.ts';
import { impatientClock } from '../kit/impatient-clock.ts';
import { memoryStores } from './memory-stores.ts';
import { ask, openedAt, type SessionSetup } from './session-under-test.ts';

const signal = new AbortController().signal;

describe('at once', () => {
  it('our share of the edition’s calls, and of the ten complex ones', () => {
    const rates = new Rates('professional', 0.6);
    expect([rates.all.cap, rates.complex.cap]).toEqual([9, 6]);
  });

  it('the smallest edition’s until the org has said its own', () => {
    const rates = new Rates('auto', 1);
    expect(rates.all.cap).toBe(5);
    rates.setEdition('ultimate');
    expect(rates.all.cap).toBe(25);
  });

  it('who waits for a complex call takes nobody else’s place', () => {
    const rates = new Rates('free', 1);
    expect(rates.budgets('complex', false)).toEqual([rates.complex, rates.all]);
    expect(rates.budgets('plain', true)).toEqual([rates.downloads, rates.all]);
  });
});

describe('credits', () => {
  const day = 86_400_000;
  const hour = 3_600_000;

  async function opened(share: number, daily = 1_000) {
    let now = 50 * day;
    const { quota, ledger } = memoryStores();
    const credits = new CreditShare({ ledger: quota, now: () => now, share });
    await credits.open(daily);
    const advance = (ms: number) => {
      now += ms;
    };
    return { credits, ledger, advance, quota };
  }

  it('of 24 hours are ours to our share, and come back a day after', async () => {
    const { credits, advance } = await opened(0.5);
    await credits.budget.spend(500);
    const error = { code: 'QUOTA_SPENT', disposition: 'end-at-checkpoint' };
    await expect(credits.budget.spend(1)).rejects.toMatchObject(error);
    advance(26 * hour);
    await credits.budget.spend(1);
  });

  it('count over processes', async () => {
    const { credits, quota } = await opened(0.5);
    await credits.budget.spend(500);
    await credits.budget.flush();
    const next = new CreditShare({ ledger: quota, now: () => 50 * day, share: 0.5 });
    await next.open(1_000);
    await expect(next.budget.spend(1)).rejects.toMatchObject({ code: 'QUOTA_SPENT' });
  });

  it('that others have not used of their share stay theirs', async () => {
    const { credits } = await opened(0.5);
    // 400 used by others, 100 of their share are left; 200 by us.
    await credits.budget.spend(200);
    credits.note('400');
    await credits.budget.spend(300);
    expect(credits.budget.used).toBe(500);
  });

  it('are left to others in part even when those have used more than theirs', async () => {
    const { credits } = await opened(0.5);
    credits.note('60');
    await credits.budget.spend(10);
    await expect(credits.budget.spend(1)).rejects.toMatchObject({ code: 'QUOTA_SPENT' });
    expect(credits.remaining).toBe(60);
  });

  it('of calls on their way are not counted as left', async () => {
    const { credits } = await opened(0.5);
    const answered = credits.begin(6);
    credits.note('60');
    await credits.budget.spend(4);
    await expect(credits.budget.spend(1)).rejects.toMatchObject({ code: 'QUOTA_SPENT' });
    answered();
    credits.note('54');
    await credits.budget.spend(4);
    expect(credits.remaining).toBe(54);
  });

  it('of an org that has no other app may be used up', async () => {
    const { credits } = await opened(1);
    credits.note('60');
    await credits.budget.spend(60);
    await expect(credits.budget.spend(1)).rejects.toMatchObject({ code: 'QUOTA_SPENT' });
  });

  it('may be told before the org is known', async () => {
    const { quota } = memoryStores();
    const credits = new CreditShare({ ledger: quota, now: () => 50 * day, share: 0.5 });
    credits.note('55');
    await credits.open(1_000);
    await expect(credits.budget.spend(6)).rejects.toMatchObject({ code: 'QUOTA_SPENT' });
    credits.note('rubbish');
    expect(credits.remaining).toBe(55);
  });
});

describe('against the org', () => {
  let sandbox: ZohoSandbox | null = null;
  afterEach(async () => {
    await sandbox?.close();
  });

  async function started(options: ZohoSandboxOptions, setup: SessionSetup = {}) {
    sandbox = await startZohoSandbox(options);
    return { sandbox, session: openedAt(sandbox.url, setup) };
  }

  it('uses all of what the edition permits, and no 429 comes', async () => {
    const { sandbox: org, session } = await started({
      ...{ orgOptions: { edition: 'professional' }, limits: 'on' },
      latency: { kind: 'fixed', ms: 40 },
    });
    await session.org(signal);
    await Promise.all(Array.from({ length: 90 }, () => ask(session)));
    const { concurrency } = org.limits.report();
    expect(concurrency.peak).toBe(15);
    expect(session.client.usage()).toMatchObject({ tooMany: 0 });
  });

  it('keeps complex calls to ten', async () => {
    const { sandbox: org, session } = await started({
      ...{ orgOptions: { edition: 'ultimate' }, limits: 'on' },
      latency: { kind: 'fixed', ms: 40 },
    });
    await session.org(signal);
    const query = { select_query: "select id from Contacts where id > '0' limit 1" };
    const coql = { method: 'POST', path: '/crm/v8/coql', body: query, answer: anything } as const;
    const calls = Array.from({ length: 40 }, async () => {
      await session.client.send({ ...coql, effect: 'read', credits: 1, pool: 'complex' }, signal);
    });
    await Promise.all(calls);
    expect(org.limits.report().concurrency.complexPeak).toBe(10);
    expect(session.client.usage().tooMany).toBe(0);
  });

  it('waits for seconds when others fill the org, and goes on', async () => {
    const clock = impatientClock();
    const { sandbox: org, session } = await started({}, { clock });
    await ask(session);
    const effect = { kind: 'tooMany', limit: 'concurrency' } as const;
    org.faults.add([{ match: { path: '/org$' }, probability: 1, times: 2, effect }]);
    expect(await ask(session)).toMatchObject({ org: [{}] });
    expect(clock.slept).toHaveLength(2);
    for (const ms of clock.slept) expect(ms).toBeGreaterThanOrEqual(1_000);
    expect(session.client.usage().tooMany).toBe(2);
  });

  it('ends at its checkpoint when the org’s credits are used up', async () => {
    const limits = { mode: 'on', usedBefore: 60_000 } as const;
    const { session } = await started({ limits });
    const error = { code: 'QUOTA_SPENT', disposition: 'end-at-checkpoint' };
    await expect(ask(session)).rejects.toMatchObject(error);
    expect(session.client.usage().tooMany).toBe(1);
  });

  it('stops before the org’s credits fall under what is left to others', async () => {
    const limits = { mode: 'on', usedBefore: 56_990 } as const;
    const { sandbox: org, session } = await started({ limits });
    await session.org(signal);
    // 3,009 left, of which 3,000 stay: a tenth of the others’ half of 60,000.
    const asked = Array.from({ length: 40 }, () => ask(session));
    const refused = (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(org.limits.report().credits.remaining).toBeGreaterThanOrEqual(3_000);
    await expect(ask(session)).rejects.toMatchObject({ code: 'QUOTA_SPENT' });
  });
});
