import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startCaller } from './caller.ts';

const reader = { token: 'all' };
const { sandbox, call } = await startCaller({ tokens: [reader] });
const path = '/crm/v8/__composite_requests';
const contacts = '/crm/v8/Contacts';
const create = (name: string) => ({
  ...{ method: 'POST', uri: contacts },
  body: { data: [{ Last_Name: name }] },
});
const wrong = { method: 'POST', uri: contacts, body: { data: [{ First_Name: 'no last name' }] } };

const answers = z.object({
  __composite_requests: z.array(
    z.object({
      code: z.string(),
      details: z.object({ response: z.object({ status_code: z.number(), body: z.unknown() }) }),
    }),
  ),
});

async function composite(parts: readonly object[], rest: object = {}) {
  const answer = await call('POST', path, { ...rest, __composite_requests: parts });
  return { ...answer, parts: answers.safeParse(answer.body).data?.__composite_requests ?? [] };
}

function names(): readonly unknown[] {
  return sandbox.org.records.Contacts.byId().map(({ values }) => values['Last_Name']);
}

describe('a composite request', () => {
  it('makes its calls in turn and answers each, counted as one call', async () => {
    sandbox.calls.reset();
    const read = { method: 'GET', uri: contacts, params: { fields: 'Last_Name' } };
    const { status, parts } = await composite([create('First'), read]);
    expect(status).toBe(200);
    expect(parts.map(({ details }) => details.response.status_code)).toEqual([201, 200]);
    expect(parts[1]?.details.response.body).toMatchObject({ data: [{ Last_Name: 'First' }] });
    expect(sandbox.calls.report()).toMatchObject({ total: 1, cost: 3 });
  });

  it('is 207 when a call fails, and does the others', async () => {
    const { status, parts } = await composite([wrong, create('Second')]);
    expect(status).toBe(207);
    expect(parts.map(({ details }) => details.response.status_code)).toEqual([400, 201]);
    expect(names()).toContain('Second');
  });

  it('leaves the records as they were when it is to roll back and a call fails', async () => {
    const record = sandbox.org.records.Contacts.byId()[0];
    const before = structuredClone(names());
    const update = {
      ...{ method: 'PUT', uri: `${contacts}/${record?.id}` },
      body: { data: [{ Last_Name: 'Changed', Email: 'new@example.com' }] },
    };
    const parts = [create('Third'), update, wrong, create('Never')];
    const answer = await composite(parts, { rollback_on_fail: true });
    expect(answer.status).toBe(207);
    expect(answer.parts.map(({ code }) => code)).toEqual(Array(3).fill('ROLLED_BACK'));
    expect(names()).toEqual(before);
    expect(record?.values['Email'] ?? null).toBeNull();
  });

  it('undoes what it related, too', async () => {
    const { org } = sandbox;
    const [contact] = org.records.Contacts.byId();
    const body = { data: [{ Campaign_Name: 'Autumn' }] };
    await call('POST', '/crm/v8/Campaigns', body);
    const [campaign] = org.records.Campaigns.byId();
    const member = (status: string) => ({
      ...{ method: 'PUT', uri: `/crm/v8/Campaigns/${campaign?.id}/Contacts` },
      body: { data: [{ id: contact?.id, Member_Status: status }] },
    });
    await composite([member('Planned')]);
    const before = org.memberships.of(campaign?.id ?? '');
    expect(before).toHaveLength(1);
    await composite([member('Received'), wrong], { rollback_on_fail: true });
    expect(org.memberships.of(campaign?.id ?? '')).toEqual(before);
  });

  it('takes five calls at most, and not both ways of going about it', async () => {
    const six = Array.from({ length: 6 }, () => create('x'));
    expect((await composite(six)).status).toBe(400);
    const both = { parallel_execution: true, rollback_on_fail: true };
    expect(await composite([create('x')], both)).toMatchObject({
      status: 400,
      body: { code: 'AMBIGUITY_DURING_PROCESSING' },
    });
    expect((await composite([{ method: 'POST', uri: path, body: {} }])).status).toBe(400);
  });
});
