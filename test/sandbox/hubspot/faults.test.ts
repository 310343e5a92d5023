import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newContact, startCaller } from './caller.ts';

const { sandbox, call } = await startCaller();
const contacts = '/crm/objects/2026-03/contacts';
const update = `${contacts}/batch/update`;

async function arm(effect: object, match: object = {}, rest: object = {}) {
  const armed = await call('POST', '/_sandbox/faults', { faults: [{ match, effect, ...rest }] });
  expect(armed.status).toBe(200);
}

async function cityOf(id: string): Promise<unknown> {
  const { body } = await call('GET', `${contacts}/${id}?properties=city`);
  return z.object({ properties: z.object({ city: z.unknown() }) }).parse(body).properties.city;
}

const moved = (...ids: readonly string[]) => ({
  inputs: ids.map((id) => ({ id, properties: { city: 'Rome' } })),
});

describe('faults of the network', () => {
  it('HTML in place of JSON, and nothing at all, not even a content type', async () => {
    await arm({ kind: 'html' });
    const html = await call('GET', contacts);
    expect(html.status).toBe(502);
    expect(html.headers.get('content-type')).toContain('text/html');
    await arm({ kind: 'empty' });
    const empty = await call('GET', contacts);
    expect(empty).toMatchObject({ status: 504, text: '' });
    expect(empty.headers.get('content-type')).toBeNull();
  });

  it('a connection that ends before the write: it did not happen', async () => {
    const id = await newContact(call);
    await arm({ kind: 'reset' }, { method: 'POST' });
    await expect(call('POST', update, moved(id))).rejects.toThrow('fetch failed');
    expect(await cityOf(id)).toBeNull();
  });

  it('a connection that ends after the write: it did happen, and only the server knows', async () => {
    const id = await newContact(call);
    await arm({ kind: 'reset', when: 'after' }, { method: 'POST' });
    await expect(call('POST', update, moved(id))).rejects.toThrow('fetch failed');
    expect(await cityOf(id)).toBe('Rome');
  });

  it('a 500 after the write', async () => {
    const id = await newContact(call);
    await arm({ kind: 'serverError', when: 'after' }, { method: 'POST' });
    const answer = await call('POST', update, moved(id));
    expect(answer).toMatchObject({ status: 500, body: { category: 'INTERNAL_ERROR' } });
    expect(await cityOf(id)).toBe('Rome');
  });

  it('an answer cut in half', async () => {
    await newContact(call);
    await arm({ kind: 'truncated' });
    const { status, text } = await call('GET', contacts);
    expect(status).toBe(200);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it('a slow answer', async () => {
    await arm({ kind: 'slow', ms: 60 });
    const before = performance.now();
    expect((await call('GET', contacts)).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(55);
  });
});

describe('faults of HubSpot', () => {
  it('a lock, a move to another data centre, each kind of 429', async () => {
    await arm({ kind: 'locked' });
    expect((await call('GET', contacts)).status).toBe(423);
    await arm({ kind: 'migrating', retryAfterSeconds: 7_200 });
    const moving = await call('GET', contacts);
    expect(moving.status).toBe(477);
    expect(moving.headers.get('retry-after')).toBe('7200');
    for (const policy of ['TEN_SECONDLY_ROLLING', 'SECONDLY', 'DAILY']) {
      await arm({ kind: 'tooMany', policy });
      const refused = await call('GET', contacts);
      expect(refused).toMatchObject({ status: 429, body: { policyName: policy } });
    }
  });

  it('a 207 that writes one record and refuses the other', async () => {
    const [good, bad] = [await newContact(call), await newContact(call)];
    await arm({ kind: 'partial', recordIds: [bad] });
    const answer = await call('POST', update, moved(good, bad));
    expect(answer).toMatchObject({
      status: 207,
      body: { numErrors: 1, errors: [{ context: { ids: [bad] } }], results: [{ id: good }] },
    });
    expect(await cityOf(good)).toBe('Rome');
    expect(await cityOf(bad)).toBeNull();
  });

  it('a success that leaves a record out, and did not write it', async () => {
    const [good, bad] = [await newContact(call), await newContact(call)];
    await arm({ kind: 'silent', recordIds: [bad] });
    const answer = await call('POST', update, moved(good, bad));
    const { results } = z
      .object({ results: z.array(z.object({ id: z.string() })) })
      .parse(answer.body);
    expect(answer.status).toBe(200);
    expect(results.map(({ id }) => id)).toEqual([good]);
    expect(await cityOf(bad)).toBeNull();
  });

  it('a success that repeats what was sent, and wrote none of it', async () => {
    const id = await newContact(call);
    await arm({ kind: 'silent', mode: 'echo', recordIds: [id] });
    const answer = await call('POST', update, moved(id));
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'COMPLETE', results: [{ id, properties: { city: 'Rome' } }] },
    });
    expect(await cityOf(id)).toBeNull();
    await arm({ kind: 'silent' }, { method: 'PATCH' });
    const single = await call('PATCH', `${contacts}/${id}`, { properties: { city: 'Rome' } });
    expect(single).toMatchObject({ status: 200, body: { id, properties: { city: 'Rome' } } });
    expect(await cityOf(id)).toBeNull();
  });

  it('a poison record fails every batch it is in, and no batch it is not in', async () => {
    const [good, poison] = [await newContact(call), await newContact(call)];
    await arm({ kind: 'poison', recordId: poison }, {}, { times: 100 });
    expect((await call('POST', update, moved(good, poison))).status).toBe(400);
    expect(await cityOf(good)).toBeNull();
    expect((await call('POST', update, moved(good))).status).toBe(200);
    expect((await call('POST', update, moved(poison))).status).toBe(400);
    sandbox.faults.clear();
    expect((await call('POST', update, moved(poison))).status).toBe(200);
  });

  it('a member that a list silently did not take', async () => {
    const [good, bad] = [await newContact(call), await newContact(call)];
    const list = { name: 'Loyal', objectTypeId: '0-1', processingType: 'MANUAL' };
    await call('POST', '/crm/lists/2026-03', list);
    await arm({ kind: 'silent', recordIds: [bad] });
    const answer = await call('PUT', '/crm/lists/2026-03/1/memberships/add', [good, bad]);
    expect(answer.body).toMatchObject({ recordsIdsAdded: [good] });
  });

  it('an OAuth token that expires before its time, and stays so', async () => {
    const [app] = sandbox.tokens.apps;
    expect(app).toBeDefined();
    if (app === undefined) return;
    const token = sandbox.tokens.issueAccess({ app, scopes: ['crm.objects.contacts.read'] });
    const headers = { authorization: `Bearer ${token}` };
    await arm({ kind: 'expireToken' });
    const first = await call('GET', contacts, undefined, headers);
    expect(first.body).toMatchObject({ category: 'EXPIRED_AUTHENTICATION' });
    expect((await call('GET', contacts, undefined, headers)).status).toBe(401);
  });
});
