import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHubSpotSettings } from '../../../connectors/hubspot/settings.ts';
import { webhooks } from '../../../connectors/hubspot/webhook.ts';
import type { WebhookInput, WebhookVerdict } from '../../../src/connector/webhooks.ts';
import { Secret } from '../../../src/lib/secret.ts';

const clientSecret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const now = Date.parse('2026-11-22T08:00:00Z');
const url = 'https://assay.example.com/webhooks/main';
const encoder = new TextEncoder();

/** One event as a real delivery had it (facts §7.2). */
const created = {
  ...{ eventId: 1431776902, subscriptionId: 3329277, portalId: 49547190, appId: 9393361 },
  ...{ occurredAt: 1742214467116, subscriptionType: 'contact.creation', attemptNumber: 0 },
  ...{ objectId: 106651134132, changeFlag: 'CREATED', changeSource: 'CRM_UI' },
};

function inputOf(values: Partial<WebhookInput> & { settings?: object } = {}): WebhookInput {
  const { settings = {}, ...rest } = values;
  return {
    settings: { token: 'TOKEN', webhooks: { clientSecretEnv: 'SECRET', ...settings } },
    secrets: new Map([['SECRET', new Secret(clientSecret)]]),
    ...{ subject: 'contact', now, channelToken: null, ...rest },
  };
}

type Signing = { to?: string; at?: number; signedUrl?: string; secret?: string };
/** Signed as the documents say, by code of its own. */
function signed(body: string, signing: Signing = {}) {
  const { to = url, at = now, secret = clientSecret } = signing;
  const { signedUrl = to } = signing;
  const text = `POST${signedUrl}${body}${at}`;
  const v3 = createHmac('sha256', secret).update(text).digest('base64');
  const v1 = createHash('sha256').update(`${secret}${body}`).digest('hex');
  return {
    ...{ method: 'POST', url: to, body: encoder.encode(body) },
    headers: {
      ...{ 'x-hubspot-signature-v3': v3, 'x-hubspot-request-timestamp': String(at) },
      ...{ 'x-hubspot-signature': v1, 'x-hubspot-signature-version': 'v1' },
    },
  };
}

const codeOf = (verdict: WebhookVerdict) =>
  verdict.status === 'refused' ? verdict.code : verdict.status;

function read(events: unknown, values: Parameters<typeof inputOf>[0] = {}) {
  const verdict = webhooks.receive(signed(JSON.stringify(events)), inputOf(values));
  if (verdict.status === 'refused') throw new Error(verdict.code);
  const { hints, dropped } = verdict;
  return {
    dropped,
    told: hints.map(({ hint: { object, id, kind } }) => `${kind} ${object} ${id}`),
  };
}

describe('signature v3', () => {
  const body = JSON.stringify([created]);
  const check = (request: ReturnType<typeof signed>) =>
    codeOf(webhooks.receive(request, inputOf()));

  it('is good for the very bytes, address and time that were signed', () => {
    expect(check(signed(body))).toBe('accepted');
    const changed = signed(body);
    expect(check({ ...changed, body: encoder.encode(`${body} `) })).toBe('WEBHOOK_UNPROVEN');
    expect(check({ ...changed, url: `${url}?x=1` })).toBe('WEBHOOK_UNPROVEN');
    expect(check({ ...changed, method: 'PUT' })).toBe('WEBHOOK_UNPROVEN');
    expect(check(signed(body, { secret: 'another' }))).toBe('WEBHOOK_UNPROVEN');
  });

  it('covers bytes that are not what a parser would write again', () => {
    const spaced = `[ ${JSON.stringify(created)}\n]`.replace('CRM_UI', 'CRM_\\u0055I — é');
    expect(check(signed(spaced))).toBe('accepted');
  });

  it('lives five minutes, and no clock may be more than one ahead', () => {
    const at = (ms: number) => check(signed(body, { at: now + ms }));
    expect([at(-300_000), at(60_000)]).toEqual(['accepted', 'accepted']);
    expect([at(-300_001), at(60_001)]).toEqual(['WEBHOOK_TOO_OLD', 'WEBHOOK_TOO_OLD']);
  });

  it('decodes the listed escapes in the address, and no others', () => {
    const to = `${url}?a=%3A%2f%3F%40%21%24%27%28%29%2A%2C%3B&b=%20%25%26%2B%3D`;
    const signedUrl = `${url}?a=:/?@!$'()*,;&b=%20%25%26%2B%3D`;
    expect(check(signed(body, { to, signedUrl }))).toBe('accepted');
    expect(check(signed(body, { to, signedUrl: to }))).toBe('WEBHOOK_UNPROVEN');
  });

  it('is refused without its headers, or with others’', () => {
    const { headers, ...rest } = signed(body);
    const { 'x-hubspot-signature-v3': _v3, ...without } = headers;
    expect(check({ ...rest, headers: { ...headers, 'x-hubspot-request-timestamp': 'soon' } })).toBe(
      'WEBHOOK_UNPROVEN',
    );
    const bare = webhooks.receive({ ...rest, headers: without }, inputOf());
    expect(codeOf(bare)).toBe('WEBHOOK_UNPROVEN');
  });
});

describe('signature v1', () => {
  const body =
    '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';
  const documented = '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de';
  const request = {
    ...{ method: 'POST', url, body: encoder.encode(body) },
    headers: { 'x-hubspot-signature': documented, 'x-hubspot-signature-version': 'v1' },
  };
  const check = (v1: boolean, headers: Readonly<Record<string, string>> = request.headers) =>
    codeOf(webhooks.receive({ ...request, headers }, inputOf({ settings: { v1 } })));

  it('counts where the settings say so: the documents’ own example', () => {
    expect(check(true)).toBe('accepted');
    expect(check(false)).toBe('WEBHOOK_UNPROVEN');
  });

  it('is not taken for another version’s, or another body’s', () => {
    const other = { ...request.headers, 'x-hubspot-signature-version': 'v2' };
    expect(check(true, other)).toBe('WEBHOOK_UNPROVEN');
    expect(check(true, { 'x-hubspot-signature': documented.replace('2', '3') })).toBe(
      'WEBHOOK_UNPROVEN',
    );
  });

  it('helps where a proxy has changed the address that v3 covers', () => {
    const elsewhere = signed(body, { signedUrl: 'https://other.example.com/' });
    const verdict = webhooks.receive(elsewhere, inputOf({ settings: { v1: true } }));
    expect(verdict.status).toBe('accepted');
  });
});

describe('events', () => {
  const event = (subscriptionType: string, values: object = {}) => {
    const { subscriptionType: _type, ...rest } = created;
    return { ...rest, subscriptionType, objectId: 1, ...values };
  };

  it('say where to look, by either spelling of their type', () => {
    const { subscriptionType: eventType, ...rest } = created;
    for (const events of [[created], [{ ...rest, eventType }]]) {
      const verdict = webhooks.receive(signed(JSON.stringify(events)), inputOf());
      expect(verdict).toEqual({
        ...{ status: 'accepted', dropped: 0 },
        hints: [
          {
            account: '49547190',
            hint: {
              key: '49547190:3329277:1431776902:106651134132:1742214467116:customers:106651134132',
              ...{ object: 'customers', id: '106651134132', kind: 'changed' },
              at: '2025-03-17T12:27:47.116Z',
            },
          },
        ],
      });
    }
  });

  it.each([
    ['creation', 'changed'],
    ['deletion', 'removed'],
    ['restore', 'restored'],
    ['privacyDeletion', 'erased'],
    ['propertyChange', 'changed'],
  ])('%s of a deal or a customer: %s', (action, kind) => {
    const some = ['contact', 'deal', 'company'].map((type) => event(`${type}.${action}`));
    const contacts = [`${kind} customers 1`, `${kind} deals 1`];
    expect(read(some)).toEqual({ told: contacts, dropped: 1 });
    expect(read(some, { subject: 'company' }).told).toEqual(contacts.toReversed());
  });

  it('name both ends of a link between a deal and a customer, and of no other', () => {
    const linked = (associationType: string) =>
      event('deal.associationChange', {
        ...{ objectId: undefined, associationType, fromObjectId: 5, toObjectId: 6 },
      });
    expect(read([linked('DEAL_TO_CONTACT')]).told).toEqual([
      'linked deals 5',
      'linked customers 6',
    ]);
    expect(read([linked('CONTACT_TO_DEAL')]).told).toEqual([
      'linked customers 5',
      'linked deals 6',
    ]);
    expect(read([linked('DEAL_TO_COMPANY'), linked('CONTACT_TO_CONTACT')]).dropped).toBe(2);
    const byTypeId = event('object.associationChange', {
      ...{ fromObjectTypeId: '0-3', toObjectTypeId: '0-1', fromObjectId: 5, toObjectId: 6 },
    });
    expect(read([byTypeId]).told).toEqual(['linked deals 5', 'linked customers 6']);
  });

  it('of a merge name what it became and what it was made of', () => {
    const merge = { primaryObjectId: 1, mergedObjectIds: [2, 3], newObjectId: 9 };
    expect(read([event('contact.merge', { ...merge, objectId: 9 })]).told).toEqual(
      [9, 1, 2, 3].map((id) => `merged customers ${id}`),
    );
  });

  it('of the newer object types are known by their type id', () => {
    const some = ['0-1', '0-3', '2-77'].map((objectTypeId) =>
      event('object.creation', { objectTypeId }),
    );
    expect(read(some)).toEqual({ told: ['changed customers 1', 'changed deals 1'], dropped: 1 });
  });

  it('are no news when we wrote them', () => {
    const change = (values: object) => event('contact.propertyChange', values);
    const ours = change({ propertyName: 'assay_tier' });
    const byUs = { propertyName: 'country', changeSource: 'INTEGRATION', sourceId: '77' };
    const settings = { appId: 77 };
    expect(read([ours, change(byUs)], { settings })).toEqual({ told: [], dropped: 2 });
    expect(read([change(byUs)]).told).toHaveLength(1);
    expect(read([change({ ...byUs, sourceId: '78' })], { settings }).told).toHaveLength(1);
    const deal = event('deal.propertyChange', byUs);
    expect(read([deal, event('contact.deletion', byUs)], { settings }).told).toHaveLength(2);
  });

  it('that cannot be read do not keep the others out', () => {
    const odd = [null, 7, {}, event('contact'), event('contact.creation', { objectId: -1 })];
    const more = [event('contact.creation', { occurredAt: 1e18 }), event('line_item.creation')];
    expect(read([...odd, ...more, created])).toEqual({
      ...{ told: ['changed customers 106651134132'], dropped: 7 },
    });
  });

  it('that are no array are refused', () => {
    for (const body of ['', '{}', '"x"', '[', '\u0000'])
      expect(codeOf(webhooks.receive(signed(body), inputOf()))).toBe('WEBHOOK_UNREADABLE');
  });
});

describe('settings', () => {
  it('take no webhooks unless they name a secret', () => {
    const settings = { token: 'TOKEN' };
    expect(webhooks.secretNames(settings)).toEqual([]);
    const verdict = webhooks.receive(signed('[]'), { ...inputOf(), settings });
    expect(codeOf(verdict)).toBe('WEBHOOKS_OFF');
    expect(() => parseHubSpotSettings({ ...settings, webhooks: {} })).toThrow(/clientSecretEnv/);
  });

  it('use the secret of the app that is authorised, unless another sends', () => {
    const auth = {
      ...{ kind: 'oauth', clientIdEnv: 'ID', clientSecretEnv: 'APP', refreshTokenEnv: 'REFRESH' },
    };
    expect(webhooks.secretNames({ auth, webhooks: {} })).toEqual(['APP']);
    expect(webhooks.secretNames({ auth, webhooks: { clientSecretEnv: 'B' } })).toEqual(['B']);
  });
});

describe('whatever is sent', () => {
  it('is refused or read, never thrown at, and no answer has the secret in it', () => {
    const header = fc.option(fc.string(), { nil: undefined });
    const request = fc.record({
      method: fc.string(),
      url: fc.string({ unit: 'binary' }),
      headers: fc.record({
        ...{ 'x-hubspot-signature-v3': header, 'x-hubspot-signature': header },
        ...{ 'x-hubspot-request-timestamp': header, 'x-hubspot-signature-version': header },
      }),
      body: fc.uint8Array({ maxLength: 200 }),
    });
    fc.assert(
      fc.property(request, (sent) => {
        const verdict = webhooks.receive(sent, inputOf({ settings: { v1: true } }));
        expect(verdict.status).toBe('refused');
        expect(JSON.stringify(verdict)).not.toContain(clientSecret);
      }),
    );
    const known = fc.constantFrom('contact', 'deal', 'object');
    const action = fc.constantFrom('creation', 'merge', 'associationChange', 'propertyChange');
    const odd = fc.dictionary(
      fc.constantFrom(...Object.keys(created), 'fromObjectId'),
      fc.anything(),
    );
    const events = fc.array(
      fc.tuple(known, action, odd).map(([type, what, values]) => ({
        ...{ ...created, ...values, subscriptionType: `${type}.${what}` },
      })),
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), events), (value) => {
        const verdict = webhooks.receive(signed(JSON.stringify(value, bigIntsAsText)), inputOf());
        expect(['accepted', 'refused']).toContain(verdict.status);
      }),
    );
  });
});

function bigIntsAsText(_key: string, value: unknown) {
  return typeof value === 'bigint' ? String(value) : value;
}
