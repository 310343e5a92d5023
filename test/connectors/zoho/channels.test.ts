import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { channelKeeper } from '../../../connectors/zoho/channels.ts';
import { worldSettings } from '../../../sandbox/zoho/world-settings.ts';
import type { Channel } from '../../../src/connector/webhooks.ts';
import { type OrgSetup, startOrg } from './org-under-test.ts';
import { openedAt, type SessionSetup } from './session-under-test.ts';

const url = 'http://127.0.0.1:9/webhooks/main/secret';
const signal = new AbortController().signal;
const dayMs = 86_400_000;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function startKeeper(setup: OrgSetup = {}, session: SessionSetup = {}) {
  const under = await startOrg({ contacts: 3, deals: 3, ...setup });
  open.push(under);
  const { sandbox } = under;
  const keeper = channelKeeper(openedAt(sandbox.url, session));
  const ensure = (known: readonly Channel[], to = url) => keeper.ensure({ url: to, known }, signal);
  const live = () => sandbox.org.channels.active();
  return { ...under, keeper, ensure, live };
}

const tokensOf = (channels: readonly Channel[]) => channels.map(({ token }) => token.reveal());
const idsOf = (channels: readonly { readonly id: string }[]) => channels.map(({ id }) => id);
const condition = z.looseObject({ fields: z.array(z.string()) });

describe('channels', () => {
  it('are made for deals and customers, for a week, with one token that nobody guesses', async () => {
    const { ensure, live, sandbox } = await startKeeper();
    const made = await ensure([]);
    expect(live()).toMatchObject([
      { events: [{ module: 'Deals', action: 'all' }], notifyUrl: url, onRelatedAction: false },
      { events: [{ module: 'Contacts', action: 'all' }], notifyUrl: url, returnsValues: false },
    ]);
    expect(idsOf(live())).toEqual(idsOf(made));
    const [token = '', other] = tokensOf(made);
    expect(other).toBe(token);
    expect(token).toMatch(/^[\w-]{44}$/);
    expect(live().map((channel) => channel.token)).toEqual([token, token]);
    for (const { expiresAt } of made) {
      const days = (Date.parse(expiresAt) - sandbox.clock.now()) / dayMs;
      expect(days).toBeGreaterThan(6.9);
      expect(days).toBeLessThan(7);
    }
  });

  it('tell only of edits that scoring reads, and never of our own', async () => {
    const { ensure, live, sandbox } = await startKeeper(
      {},
      { settings: { fields: worldSettings } },
    );
    await ensure([]);
    const fields = live().map(({ conditions: [one] }) => condition.parse(one).fields);
    expect(fields[0]).toEqual(expect.arrayContaining(['Stage', 'Amount', 'Closing_Date']));
    expect(fields[1]).toContain('Email');
    for (const named of fields) expect(named.length).toBeLessThanOrEqual(10);
    expect(fields.flat().filter((name) => name.startsWith('Assay'))).toEqual([]);
    const known = (module: 'Deals' | 'Contacts') =>
      sandbox.org.schema.fields(module).map(({ apiName }) => apiName);
    expect(known('Deals')).toEqual(expect.arrayContaining(fields[0] ?? []));
    expect(known('Contacts')).toEqual(expect.arrayContaining(fields[1] ?? []));
  });

  it('tell of every edit of a deal whose people no field names', async () => {
    const { ensure, live } = await startKeeper({}, { settings: { dealContacts: 'roles' } });
    await ensure([]);
    expect(live().map(({ conditions }) => conditions.length)).toEqual([0, 1]);
  });

  it('stay as they are while they have days to live', async () => {
    const { ensure, sandbox, live } = await startKeeper();
    const made = await ensure([]);
    const before = sandbox.calls.all().length;
    expect(await ensure(made)).toEqual(made);
    expect(sandbox.calls.all().length - before).toBe(2);
    sandbox.clock.advance(3 * dayMs);
    expect(idsOf(await ensure(made))).toEqual(idsOf(made));
    expect(live().map(({ expiresAt }) => expiresAt)).toEqual(
      made.map(({ expiresAt }) => Date.parse(expiresAt)),
    );
  });

  it('are renewed before they lapse, under the same ids and token', async () => {
    const { ensure, sandbox, live } = await startKeeper();
    const made = await ensure([]);
    sandbox.clock.advance(5 * dayMs);
    const renewed = await ensure(made);
    expect(idsOf(renewed)).toEqual(idsOf(made));
    expect(tokensOf(renewed)).toEqual(tokensOf(made));
    sandbox.clock.advance(5 * dayMs);
    expect(idsOf(live())).toEqual(idsOf(made));
  });

  it('follow a new address at once', async () => {
    const { ensure, live } = await startKeeper();
    const made = await ensure([]);
    const elsewhere = 'http://127.0.0.1:9/webhooks/main/other';
    expect(idsOf(await ensure(made, elsewhere))).toEqual(idsOf(made));
    expect(live().map(({ notifyUrl }) => notifyUrl)).toEqual([elsewhere, elsewhere]);
  });

  it('that lapsed, or lost one of them, are made anew with another token', async () => {
    const { ensure, sandbox, live, call } = await startKeeper();
    const made = await ensure([]);
    sandbox.clock.advance(8 * dayMs);
    const second = await ensure(made);
    expect(idsOf(second)).not.toEqual(idsOf(made));
    expect(tokensOf(second)).not.toEqual(tokensOf(made));
    await call('DELETE', `/actions/watch?channel_ids=${second[0]?.id}`);
    const third = await ensure(second);
    expect(idsOf(live())).toEqual(idsOf(third));
    expect(live()).toHaveLength(2);
  });

  it('end when they are removed, and again is as good', async () => {
    const { ensure, keeper, live } = await startKeeper();
    const made = await ensure([]);
    await keeper.remove(made, signal);
    expect(live()).toEqual([]);
    await keeper.remove(made, signal);
    await keeper.remove([], signal);
  });

  it('that Zoho does not take leave none behind', async () => {
    const { ensure, live } = await startKeeper();
    await expect(ensure([], 'https://assay.example.com/hook')).rejects.toMatchObject({
      ...{ code: 'CHANNEL_REFUSED', disposition: 'reject' },
      message: expect.stringContaining('notify_url'),
    });
    expect(live()).toEqual([]);
  });
});
