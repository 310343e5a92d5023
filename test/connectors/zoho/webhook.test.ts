import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { webhooks } from '../../../connectors/zoho/webhook.ts';
import type { WebhookInput, WebhookVerdict } from '../../../src/connector/webhooks.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { auth } from './session-under-test.ts';

const token = 'a token that nobody guesses';
const ids = ['5545974000001234567', '5545974000001234568'];
const serverTime = Date.parse('2026-11-22T08:00:00.250Z');

/** A notification as the asyncapi document has it (facts §7). */
const told = {
  ...{ server_time: serverTime, module: 'Contacts', ids, operation: 'update', channel_id: '10' },
  ...{ resource_uri: 'https://www.zohoapis.com/crm/v8/Contacts', token, query_params: {} },
  affected_fields: [],
};

function inputOf(values: Partial<WebhookInput> & { fieldPrefix?: string } = {}): WebhookInput {
  const { fieldPrefix = 'Assay ', ...rest } = values;
  return {
    ...{ settings: { auth, fieldPrefix }, subject: 'contact', secrets: new Map(), now: 0 },
    ...{ channelToken: new Secret(token), ...rest },
  };
}

function receive(body: string, values: Parameters<typeof inputOf>[0] = {}): WebhookVerdict {
  const request = { method: 'POST', url: 'http://localhost/', headers: {} };
  return webhooks.receive({ ...request, body: new TextEncoder().encode(body) }, inputOf(values));
}

function read(values: object, input: Parameters<typeof inputOf>[0] = {}) {
  const verdict = receive(JSON.stringify({ ...told, ...values }), input);
  if (verdict.status === 'refused') return verdict.code;
  const hints = verdict.hints.map(({ hint: { object, id, kind } }) => `${kind} ${object} ${id}`);
  return { hints, dropped: verdict.dropped };
}

const keysOf = (values: object) => {
  const verdict = receive(JSON.stringify({ ...told, ...values }));
  return verdict.status === 'accepted' ? verdict.hints.map(({ hint }) => hint.key) : [];
};

describe('a notification', () => {
  it('says which records to look at', () => {
    expect(receive(JSON.stringify(told))).toMatchObject({
      dropped: 0,
      hints: ids.map((id) => ({
        account: null,
        hint: { object: 'customers', id, kind: 'changed', at: '2026-11-22T08:00:00.250Z' },
      })),
    });
  });

  it.each([
    ['insert', 'changed'],
    ['create', 'changed'],
    ['update', 'changed'],
    ['edit', 'changed'],
    ['delete', 'removed'],
    ['somethingNew', 'changed'],
  ])('%s means %s', (operation, kind) => {
    const [id] = ids;
    expect(read({ operation, module: 'Deals', ids: [id] })).toEqual({
      ...{ hints: [`${kind} deals ${id}`], dropped: 0 },
    });
  });

  it('is of customers by the connection’s subject', () => {
    expect(read({ module: 'Accounts' })).toEqual({ hints: [], dropped: 2 });
    expect(read({ module: 'Accounts' }, { subject: 'company' })).toMatchObject({ dropped: 0 });
    expect(read({ module: 'Leads' })).toEqual({ hints: [], dropped: 2 });
  });

  it('keeps the digits of an id that came as a number', () => {
    const body = JSON.stringify(told).replace(`"${ids[0]}"`, ids[0] ?? '');
    expect(receive(body)).toMatchObject({ hints: [{ hint: { id: ids[0] } }, {}] });
  });

  it('needs no more than module, ids and operation', () => {
    const bare = { server_time: undefined, channel_id: undefined, affected_fields: 'none' };
    expect(read(bare)).toMatchObject({ hints: [expect.any(String), expect.any(String)] });
  });

  it('is the same when it comes again, and another when it is of another moment', () => {
    expect(keysOf({})).toEqual(keysOf({}));
    const all = [
      {},
      { server_time: serverTime + 1 },
      { operation: 'delete' },
      { channel_id: '11' },
    ];
    const fields = { affected_fields: [{ [ids[0] ?? '']: ['Email'] }] };
    expect(new Set([...all, fields].flatMap(keysOf)).size).toBe(9);
  });
});

describe('what we wrote', () => {
  const affected = (...names: string[]) => ({
    affected_fields: ids.map((id) => ({ [id]: names })),
  });

  it('is no news when nothing else changed', () => {
    expect(read(affected('Assay_Tier', 'Assay_Run', 'Modified_Time'))).toMatchObject({
      dropped: 2,
    });
    expect(read(affected('Assay_Tier', 'Email'))).toMatchObject({ dropped: 0 });
    expect(read(affected())).toMatchObject({ dropped: 0 });
    expect(read(affected('Modified_Time'))).toMatchObject({ dropped: 0 });
    const deals = { ...affected('Assay_Tier'), module: 'Deals' };
    expect(read(deals)).toMatchObject({ dropped: 0 });
  });

  it('is told by the prefix of this connection, where that makes API names', () => {
    const ours = affected('Value_Of_Tier');
    expect(read(ours, { fieldPrefix: 'Value Of ' })).toMatchObject({ dropped: 2 });
    expect(read(affected('Tier'), { fieldPrefix: '价值' })).toMatchObject({ dropped: 0 });
  });
});

describe('proof', () => {
  it('is the token of a channel that we made', () => {
    expect(read({ token: `${token}.` })).toBe('WEBHOOK_UNPROVEN');
    expect(read({ token: undefined })).toBe('WEBHOOK_UNPROVEN');
    expect(read({ token: null })).toBe('WEBHOOK_UNPROVEN');
    expect(read({}, { channelToken: null })).toBe('WEBHOOK_UNPROVEN');
  });

  it('comes before whatever else is wrong', () => {
    expect(read({ ids: 'all', token: 'guessed' })).toBe('WEBHOOK_UNPROVEN');
    expect(read({ ids: 'all' })).toBe('WEBHOOK_UNREADABLE');
    expect(receive('{')).toMatchObject({ code: 'WEBHOOK_UNREADABLE', httpStatus: 400 });
  });

  it('whatever is sent is refused or read, never thrown at, and no answer has the token in it', () => {
    const odd = fc.dictionary(fc.constantFrom(...Object.keys(told), '__proto__'), fc.jsonValue());
    fc.assert(
      fc.property(odd, fc.boolean(), (values, isProven) => {
        const body = JSON.stringify({ ...told, ...values, ...(isProven ? { token } : {}) });
        expect(JSON.stringify(receive(body))).not.toContain(token);
      }),
    );
    fc.assert(fc.property(fc.string(), (body) => receive(body).status === 'refused'));
    expect(receive('['.repeat(500_000)).status).toBe('refused');
  });
});
