import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BarePortal, idsIn, loadContacts, startBarePortal } from './bare-portal.ts';

let hubspot: BarePortal;
beforeEach(async () => {
  hubspot = await startBarePortal();
});
afterEach(() => hubspot.close());

const contacts = '/crm/v3/objects/contacts';
const batch = (verb: string) => `${contacts}/batch/${verb}`;
const person = (name: string) => ({ properties: { email: `${name}@example.com` } });
const total = async () => idsIn(await hubspot.get(`${contacts}?limit=100`)).length;

describe('a batch of records', () => {
  it('refuses more than a hundred inputs, for every verb', async () => {
    const inputs = Array.from({ length: 101 }, (_, n) => ({
      ...person(`p${n}`),
      ...{ id: String(n), idProperty: 'email' },
    }));
    for (const verb of ['read', 'create', 'update', 'upsert', 'archive'])
      expect((await hubspot.post(batch(verb), { inputs })).status, verb).toBe(400);
  });

  it('reads what there is and names what there is not, with 207', async () => {
    const [ann, bob] = loadContacts(hubspot.portal, ['ann', 'bob']);
    const all = await hubspot.post(batch('read'), { inputs: [{ id: bob }, { id: ann }] });
    expect(all.status).toBe(200);
    expect(idsIn(all)).toEqual([ann, bob]);
    const some = await hubspot.post(batch('read'), { inputs: [{ id: ann }, { id: '1' }] });
    expect(some).toMatchObject({
      status: 207,
      body: { numErrors: 1, errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['1'] } }] },
    });
    expect(idsIn(some)).toEqual([ann]);
  });

  it('creates all or none with 201, and the refusal names the first conflict', async () => {
    loadContacts(hubspot.portal, ['ann']);
    const fine = await hubspot.post(batch('create'), { inputs: [person('bob'), person('cid')] });
    expect(fine).toMatchObject({ status: 201, body: { status: 'COMPLETE' } });
    const bad = await hubspot.post(batch('create'), { inputs: [person('dan'), person('ann')] });
    expect(bad.status).toBe(409);
    expect(await total()).toBe(3);
    const twins = await hubspot.post(batch('create'), { inputs: [person('eve'), person('eve')] });
    expect(twins.status).toBe(409);
    expect(await total()).toBe(3);
  });

  it('creates each for itself when each has a trace id', async () => {
    loadContacts(hubspot.portal, ['ann']);
    const inputs = ['ann', 'bob'].map((name) => ({ ...person(name), objectWriteTraceId: name }));
    expect(await hubspot.post(batch('create'), { inputs })).toMatchObject({
      status: 207,
      body: {
        results: [{ objectWriteTraceId: 'bob', properties: { email: 'bob@example.com' } }],
        errors: [{ category: 'CONFLICT', context: { objectWriteTraceId: ['ann'] } }],
      },
    });
  });

  it('updates with 200, with 207 when an id is unknown, and not at all when a value is refused', async () => {
    const [ann, bob] = loadContacts(hubspot.portal, ['ann', 'bob']);
    const named = (id: string | undefined, firstname: string) => ({
      id,
      properties: { firstname },
    });
    const fine = { inputs: [named(ann, 'A'), named(bob, 'B')] };
    expect((await hubspot.post(batch('update'), fine)).status).toBe(200);
    const unknown = { inputs: [named(ann, 'AA'), named('1', 'x')] };
    expect(await hubspot.post(batch('update'), unknown)).toMatchObject({
      status: 207,
      body: { results: [{ id: ann, properties: { firstname: 'AA' } }], numErrors: 1 },
    });
    const poison = { inputs: [named(bob, 'BB'), { id: ann, properties: { hs_object_id: '1' } }] };
    expect((await hubspot.post(batch('update'), poison)).status).toBe(400);
    const after = await hubspot.get(`${contacts}/${bob}`);
    expect(after.body).toHaveProperty('properties.firstname', 'B');
    expect(
      (await hubspot.post(batch('update'), { inputs: [named(ann, '1'), named(ann, '2')] })).status,
    ).toBe(400);
  });

  it('takes an e-mail for an id in an update as an unknown record', async () => {
    loadContacts(hubspot.portal, ['ann']);
    const inputs = [{ id: 'ann@example.com', properties: { firstname: 'A' } }];
    expect(await hubspot.post(batch('update'), { inputs })).toMatchObject({
      status: 207,
      body: { results: [], numErrors: 1 },
    });
  });

  it('upserts by a unique property and says which records are new', async () => {
    const [ann] = loadContacts(hubspot.portal, ['ann']);
    const inputs = ['ann', 'bob'].map((name) => ({
      ...{ id: `${name}@example.com`, idProperty: 'email', properties: { firstname: 'X' } },
    }));
    expect(await hubspot.post(batch('upsert'), { inputs })).toMatchObject({
      status: 200,
      body: {
        results: [
          { id: ann, new: false },
          { new: true, properties: { firstname: 'X' } },
        ],
      },
    });
  });

  it('fails a whole upsert with 409 for one conflicting record', async () => {
    loadContacts(hubspot.portal, ['ann', 'bob']);
    const inputs = [
      { id: 'new@example.com', idProperty: 'email', properties: {} },
      { id: 'ann@example.com', idProperty: 'email', properties: { email: 'bob@example.com' } },
    ];
    expect((await hubspot.post(batch('upsert'), { inputs })).status).toBe(409);
    expect(await total()).toBe(2);
  });

  it('archives with 204, unknown ids or not', async () => {
    const [ann] = loadContacts(hubspot.portal, ['ann', 'bob']);
    const answer = await hubspot.post(batch('archive'), { inputs: [{ id: ann }, { id: '1' }] });
    expect(answer).toEqual({ status: 204, body: undefined });
    expect(await total()).toBe(1);
  });
});
