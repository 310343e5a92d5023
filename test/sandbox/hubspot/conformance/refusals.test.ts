import { AssociationSpecAssociationCategoryEnum as Category } from '@hubspot/api-client/lib/codegen/crm/associations/v4/models/AssociationSpec.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { refusal, startConformance } from './conformance.ts';

const ALLOWED = 5;
const { sandbox, client } = await startConformance({
  limits: { plan: 'professional', override: { tenSecondly: ALLOWED, associations: ALLOWED } },
});
const { contacts, deals } = client.crm;

const list = () => contacts.basicApi.getPage();
const search = () => contacts.searchApi.doSearch({});
const link = () =>
  client.crm.associations.v4.batchApi.create('deals', 'contacts', {
    inputs: [
      {
        ...{ _from: { id: '1' }, to: { id: '2' } },
        types: [{ associationCategory: Category.HubspotDefined, associationTypeId: 3 }],
      },
    ],
  });
const tooMany = (policyName: string, message: string) => ({
  code: 429,
  body: { status: 'error', errorType: 'RATE_LIMIT', policyName, message },
});

async function untilRefused(call: () => Promise<unknown>): Promise<number> {
  for (let answered = 0; answered < 1_000; answered += 1) {
    const wasRefused = await call().then(
      () => false,
      () => true,
    );
    if (wasRefused) return answered;
  }
  throw new Error('never refused');
}

describe('a call too many', () => {
  beforeEach(() => {
    sandbox.clock.advance(60_000);
  });

  it('within ten seconds is a 429 with the window in its headers, and goes ten seconds later', async () => {
    expect(await untilRefused(list)).toBe(ALLOWED);
    const refused = await refusal(list());
    expect(refused).toMatchObject(
      tooMany('TEN_SECONDLY_ROLLING', 'You have reached your ten_secondly_rolling limit.'),
    );
    expect(refused.headers).toMatchObject({
      ...{ 'x-hubspot-ratelimit-max': '5', 'x-hubspot-ratelimit-remaining': '0' },
      ...{ 'x-hubspot-ratelimit-interval-milliseconds': '10000' },
    });
    sandbox.clock.advance(10_000);
    await list();
  });

  it('of search is one of five a second, apart from the others, and without headers', async () => {
    expect(await untilRefused(search)).toBe(5);
    const refused = await refusal(search());
    expect(refused).toMatchObject(tooMany('SECONDLY', 'You have reached your secondly limit.'));
    const names = Object.keys(refused.headers);
    expect(names.filter((name) => name.startsWith('x-hubspot-ratelimit'))).toEqual([]);
    await list();
    sandbox.clock.advance(1_000);
    await search();
  });

  it('of associations has a window of its own', async () => {
    expect(await untilRefused(link)).toBe(ALLOWED);
    expect(await refusal(link())).toMatchObject({ code: 429 });
    await list();
  });

  it('of the day is refused until midnight in the account’s time zone', async () => {
    const { settings } = sandbox.limits;
    sandbox.limits.change({ plan: 'professional', override: { daily: 2 } });
    expect(await untilRefused(list)).toBe(2);
    expect(await refusal(list())).toMatchObject(
      tooMany('DAILY', 'You have reached your daily limit.'),
    );
    sandbox.clock.advance(24 * 3_600_000);
    await list();
    sandbox.limits.change(settings);
  });
});

describe('what HubSpot cannot do just now', () => {
  beforeEach(() => {
    sandbox.clock.advance(60_000);
    sandbox.faults.clear();
  });
  const next = (effect: Parameters<typeof sandbox.faults.add>[0][0]['effect']) =>
    sandbox.faults.add([{ match: {}, probability: 1, effect }]);
  const create = () => deals.basicApi.create({ properties: {} });
  const dealCount = () => [...sandbox.portal.objects.deals.slotsFrom(0)].length;

  it('is a locked record: 423', async () => {
    next({ kind: 'locked' });
    expect(await refusal(create())).toMatchObject({ code: 423, body: { status: 'error' } });
  });

  it('is a portal that moves: 477, with Retry-After in seconds', async () => {
    next({ kind: 'migrating', retryAfterSeconds: 7_200 });
    const refused = await refusal(list());
    expect(refused).toMatchObject({ code: 477, headers: { 'retry-after': '7200' } });
  });

  it('is a server error: 500 with JSON, 502 with a page', async () => {
    next({ kind: 'serverError', when: 'before' });
    expect(await refusal(list())).toMatchObject({ code: 500, body: { status: 'error' } });
    next({ kind: 'html', status: 502, when: 'before' });
    expect(await refusal(list())).toMatchObject({
      code: 502,
      body: expect.stringContaining('<html>'),
    });
  });

  it('is an empty 504, on which the client itself stumbles', async () => {
    next({ kind: 'empty', status: 504, when: 'before' });
    await expect(list()).rejects.toThrow('Cannot parse content. No Content-Type defined.');
  });

  it('is a connection that ends, before the work or after it', async () => {
    const count = dealCount();
    next({ kind: 'reset', when: 'before' });
    await expect(create()).rejects.toThrow('fetch failed');
    expect(dealCount()).toBe(count);
    next({ kind: 'reset', when: 'after' });
    await expect(create()).rejects.toThrow('fetch failed');
    expect(dealCount()).toBe(count + 1);
  });

  it('is a batch of which some were written', async () => {
    const ids = [(await create()).id, (await create()).id];
    const inputs = ids.map((id) => ({ id, properties: { dealname: 'New' } }));
    next({ kind: 'partial', count: 1 });
    const answer = await deals.batchApi.update({ inputs });
    expect(answer).toMatchObject({ numErrors: 1, results: [{ id: ids[1] }] });
    next({ kind: 'silent', mode: 'omit', count: 1 });
    const silent = await deals.batchApi.update({ inputs });
    expect(silent.results.map(({ id }) => id)).toEqual([ids[1]]);
  });

  it('is a record that spoils every batch it is in', async () => {
    const ids = [(await create()).id, (await create()).id];
    const update = (some: readonly string[]) =>
      deals.batchApi.update({ inputs: some.map((id) => ({ id, properties: {} })) });
    const poison = { kind: 'poison', recordId: ids[0] ?? '', status: 400 } as const;
    sandbox.faults.add([{ match: {}, probability: 1, times: 10, effect: poison }]);
    expect((await refusal(update(ids))).code).toBe(400);
    expect((await update(ids.slice(1))).results).toHaveLength(1);
    expect((await refusal(update(ids.slice(0, 1)))).code).toBe(400);
  });
});
