import { describe, expect, it } from 'vitest';
import { noAnswer, unexpected, unreadable } from '../../../connectors/zoho/answer-errors.ts';
import { refusal } from '../../../connectors/zoho/errors.ts';
import type { BadAnswer } from '../../../connectors/zoho/refusal-kind.ts';
import { scopesFor } from '../../../connectors/zoho/scopes.ts';
import { tooMany } from '../../../connectors/zoho/too-many.ts';

function answer(status: number, body: unknown = {}, more: Partial<BadAnswer> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const plain = { call: 'POST /crm/v8/coql', retryAfter: null, remaining: null };
  return refusal({ status, text, ...plain, isDownload: false, ...more });
}

function shapeA(code: string, details: Readonly<Record<string, unknown>> = {}, message = '') {
  return { code, details, message, status: 'error' };
}

const table: readonly (readonly [number, unknown, string, string])[] = [
  [400, shapeA('REQUIRED_PARAM_MISSING'), 'REQUEST_REFUSED', 'reject'],
  [400, { data: [shapeA('INVALID_DATA')] }, 'REQUEST_REFUSED', 'reject'],
  [400, shapeA('INVALID_MODULE'), 'ACCESS_DENIED', 'pause-connection'],
  [400, { data: [shapeA('INVALID_MODULE')] }, 'ACCESS_DENIED', 'pause-connection'],
  [401, shapeA('INVALID_TOKEN'), 'TOKEN_EXPIRED', 'refresh'],
  [401, shapeA('AUTHENTICATION_FAILURE'), 'TOKEN_EXPIRED', 'refresh'],
  [401, '<html>', 'TOKEN_EXPIRED', 'refresh'],
  [401, shapeA('OAUTH_SCOPE_MISMATCH'), 'SCOPE_MISSING', 'pause-connection'],
  [403, shapeA('NO_PERMISSION'), 'ACCESS_DENIED', 'pause-connection'],
  [403, '<html>', 'ACCESS_DENIED', 'pause-connection'],
  [404, shapeA('INVALID_URL_PATTERN'), 'NOT_FOUND', 'reject'],
  [408, '', 'CRM_UNAVAILABLE', 'retry'],
  [412, { data: [shapeA('ALREADY_MODIFIED')] }, 'CONFLICT', 'reject'],
  [413, '', 'REQUEST_TOO_LONG', 'reject'],
  [429, shapeA('TOO_MANY_REQUESTS'), 'RATE_LIMITED', 'wait'],
  [400, shapeA('RATE_LIMIT_EXCEEDED'), 'RATE_LIMITED', 'wait'],
  [500, shapeA('INTERNAL_ERROR'), 'CRM_UNAVAILABLE', 'retry'],
  [200, shapeA('INTERNAL_ERROR'), 'CRM_UNAVAILABLE', 'retry'],
  [502, '<html>', 'CRM_UNAVAILABLE', 'retry'],
  [504, '', 'CRM_UNAVAILABLE', 'retry'],
];

describe('an answer becomes a decision', () => {
  it.each(table)('%i %j is %s: %s', (status, body, code, disposition) => {
    expect(answer(status, body)).toMatchObject({ code, disposition });
    expect(answer(status, body).todo).not.toBe('');
  });

  it('keeps Zoho’s own code and details for who can do something about it', () => {
    const error = answer(400, shapeA('EXPIRED_VALUE', { api_name: 'page_token' }));
    expect(error).toMatchObject({ zohoCode: 'EXPIRED_VALUE', fields: ['page_token'], status: 400 });
  });

  it('names the permission that the token’s user lacks', () => {
    const permissions = ['Crm_Implied_View_Leads'];
    expect(answer(403, shapeA('NO_PERMISSION', { permissions })).message).toContain(
      'Crm_Implied_View_Leads',
    );
  });

  it('only what was refused is sure not to have happened', () => {
    expect(answer(400, shapeA('INVALID_DATA')).mayHaveHappened).toBe(false);
    expect(answer(429).mayHaveHappened).toBe(false);
    expect(answer(500).mayHaveHappened).toBe(true);
  });
});

describe('a 429', () => {
  const limited = { retryAfter: null, remaining: null, isDownload: false };
  const body = (message: string) => ({ code: 'TOO_MANY_REQUESTS', message, details: {} });

  it.each([
    'The concurrency limit has been reached',
    'The sub-concurrency limit of this org has been reached; credits are charged',
    '',
    'You have made too many requests',
  ])('of concurrency waits for seconds: “%s”', (message) => {
    const waits = [0, 0.5, 0.999].map((chance) => tooMany(limited, body(message), () => chance));
    expect(waits.map(({ waitMs }) => waitMs)).toEqual([1_000, 2_000, 2_998]);
    expect(waits[0]).toMatchObject({ code: 'RATE_LIMITED', disposition: 'wait' });
  });

  it.each(['API credits are used up', 'The daily limit is reached', 'limit of 24 hours'])(
    'of credits ends the run: “%s”',
    (message) => {
      const kind = tooMany(limited, body(message));
      expect(kind).toMatchObject({ code: 'QUOTA_SPENT', disposition: 'end-at-checkpoint' });
    },
  );

  it('without words is of credits when none are left', () => {
    expect(tooMany({ ...limited, remaining: 0 }, body('')).code).toBe('QUOTA_SPENT');
    expect(tooMany({ ...limited, remaining: 400 }, body('')).code).toBe('RATE_LIMITED');
    const concurrency = tooMany({ ...limited, remaining: 0 }, body('concurrency limit'));
    expect(concurrency.code).toBe('RATE_LIMITED');
  });

  it('of downloads lasts a minute', () => {
    expect(tooMany({ ...limited, isDownload: true }, body('')).waitMs).toBe(60_000);
  });

  it('lasts as long as Retry-After says, where there is one', () => {
    expect(tooMany({ ...limited, retryAfter: '7' }, body('')).waitMs).toBe(7_000);
    const long = tooMany({ ...limited, retryAfter: '3600' }, body(''));
    expect(long).toMatchObject({ code: 'RATE_LIMITED', disposition: 'end-at-checkpoint' });
  });
});

describe('the scopes of a call', () => {
  it.each([
    ['GET /crm/v8/org', 'ZohoCRM.org.READ'],
    ['GET /crm/v8/settings/fields', 'ZohoCRM.settings.fields.READ'],
    ['POST /crm/v8/settings/fields', 'ZohoCRM.settings.fields.CREATE'],
    ['PATCH /crm/v8/settings/fields/5725767000000100001', 'ZohoCRM.settings.fields.UPDATE'],
    ['POST /crm/v8/coql', 'ZohoCRM.coql.READ'],
    ['PUT /crm/v8/Contacts', 'ZohoCRM.modules.contacts.UPDATE'],
    ['GET /crm/v8/Deals/deleted', 'ZohoCRM.modules.deals.READ'],
    ['POST /crm/v8/Contacts/actions/add_tags', 'ZohoCRM.settings.tags.ALL'],
    ['POST /crm/v8/Contacts/actions/mass_update', 'ZohoCRM.mass_update.UPDATE'],
    ['GET /crm/bulk/v8/read/1', 'ZohoCRM.bulk.READ'],
    ['POST /crm/v8/__composite_requests', 'ZohoCRM.composite_requests.CUSTOM'],
    ['POST /crm/v8/upload', 'ZohoFiles.files.ALL'],
    ['GET /crm/v8/org/currencies', 'ZohoCRM.settings.currencies.READ'],
  ])('%s needs %s', (call, scope) => {
    expect(scopesFor(call)).toContain(scope);
  });
});

describe('no answer', () => {
  const failed = (code: string) => Object.assign(new Error('secret-token'), { code });

  it.each([
    ['ECONNREFUSED', 'CRM_UNREACHABLE', false],
    ['ENOTFOUND', 'CRM_UNREACHABLE', false],
    ['ECONNRESET', 'CONNECTION_LOST', true],
    ['ERR_BAD_RESPONSE', 'CONNECTION_LOST', true],
  ] as const)('%s is %s', (cause, code, mayHaveHappened) => {
    expect(noAnswer('GET /crm/v8/org', failed(cause))).toMatchObject({ code, mayHaveHappened });
  });

  it('does not keep what failed: it carries the request with its token', () => {
    const error = noAnswer('GET /crm/v8/org', failed('ECONNRESET'));
    expect(error.cause).toBeUndefined();
    expect(String(error)).not.toContain('secret-token');
  });

  it('is told apart from an empty and an unreadable one', () => {
    expect(unreadable('GET /crm/v8/org', '').code).toBe('ANSWER_EMPTY');
    expect(unreadable('GET /crm/v8/org', '<html>').code).toBe('ANSWER_UNREADABLE');
    expect(unexpected('GET /crm/v8/org', 'org: missing')).toMatchObject({
      code: 'ANSWER_UNEXPECTED',
      disposition: 'pause-connection',
    });
  });
});
