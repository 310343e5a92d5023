import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultEffect } from '../../../sandbox/hubspot/fault-effect.ts';
import { sampleRequest } from '../../contract/provision-samples.ts';
import { fullPull, idsOf, pullAll } from '../../contract/pull-all.ts';
import { impatientClock } from '../kit/impatient-clock.ts';
import { type PortalUnderTest, startPortal } from './portal-under-test.ts';

const signal = new AbortController().signal;

describe('a call that goes wrong', () => {
  let portal: PortalUnderTest;
  beforeEach(async () => {
    portal = await startPortal();
  });
  afterEach(async () => await portal.close());

  const strike = (path: string, effect: FaultEffect, method?: string) => {
    portal.sandbox.faults.add([{ match: { path, method }, probability: 1, times: 1, effect }]);
  };

  it('a pull through faults of every kind loses nothing and doubles nothing', async () => {
    const effects: readonly FaultEffect[] = [
      { kind: 'serverError', when: 'before' },
      { kind: 'html', status: 502, when: 'before' },
      { kind: 'empty', status: 504, when: 'before' },
      { kind: 'reset', when: 'before' },
      { kind: 'truncated' },
      { kind: 'locked' },
    ];
    portal.sandbox.faults.add(effects.map((effect) => ({ match: {}, probability: 0.08, effect })));
    const connector = portal.opened({ clock: impatientClock() });
    const pulled = await pullAll(() => connector, fullPull);
    expect(idsOf(pulled.customers)).toEqual(portal.liveIds('customers').toSorted());
    expect(idsOf(pulled.deals)).toEqual(portal.liveIds('deals').toSorted());
  });

  it('a search beyond the limit waits a second, not ten', async () => {
    strike('/search$', { kind: 'tooMany', policy: 'SECONDLY' });
    const clock = impatientClock();
    const connector = portal.opened({ clock });
    await connector.planPull(fullPull, signal);
    expect(clock.slept).toEqual([1_000]);
    expect(connector.usage().tooMany).toBe(1);
  });

  it('a token that is not good pauses the connection', async () => {
    const connector = portal.opened({ secrets: { TOKEN: 'pat-wrong' } });
    const expected = { code: 'TOKEN_REFUSED', disposition: 'pause-connection' };
    await expect(connector.account(signal)).rejects.toMatchObject(expected);
    await expect(connector.account(signal)).rejects.not.toThrow('pat-wrong');
    const findings = await connector.doctor(sampleRequest, signal);
    expect(findings).toMatchObject([{ check: 'token', status: 'problem' }]);
  });

  it('a list whose creation got no answer is made once', async () => {
    strike('/lists$', { kind: 'reset', when: 'after' }, 'POST');
    const { lists } = await portal.open().provision({ ...sampleRequest, fields: [] }, signal);
    expect(lists).toMatchObject([{ key: 'best', status: 'active' }]);
    expect(portal.sandbox.portal.lists.all()).toHaveLength(1);
  });

  it('properties whose creation got no answer are made once', async () => {
    strike('/properties/contacts/batch/create$', { kind: 'reset', when: 'after' });
    const connector = portal.opened({ clock: impatientClock() });
    const { steps } = await connector.provision({ ...sampleRequest, lists: [] }, signal);
    expect(new Set(steps.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
  });

  it('nobody listens: the address is named as what to look at', async () => {
    const gone = await startPortal({ contacts: 1, deals: 1 });
    await gone.close();
    const settings = { baseUrl: gone.sandbox.url };
    const connector = portal.opened({ settings, clock: impatientClock() });
    const expected = { code: 'CRM_UNREACHABLE', todo: expect.stringContaining('baseUrl') };
    await expect(connector.account(signal)).rejects.toMatchObject(expected);
  });
});

describe('a token with too few scopes', () => {
  it('is named with the scope that is missing, by the call and by the doctor', async () => {
    const scopes = ['oauth', 'crm.objects.contacts.read'];
    const tokens = [{ token: 'pat-narrow', appId: '5', scopes }];
    const portal = await startPortal({ sandbox: { tokens, limits: 'enterprise' } });
    const connector = portal.open();
    const error = { code: 'SCOPE_MISSING', disposition: 'pause-connection' };
    await expect(connector.planPull(fullPull, signal)).rejects.toMatchObject(error);
    await expect(connector.planPull(fullPull, signal)).rejects.toThrow('crm.objects.deals.read');
    const findings = await connector.doctor(sampleRequest, signal);
    const missing = findings.filter(({ check, status }) => check === 'scopes' && status !== 'ok');
    expect(missing.map(({ message }) => message).join()).toContain('crm.objects.contacts.write');
    await portal.close();
  });
});
