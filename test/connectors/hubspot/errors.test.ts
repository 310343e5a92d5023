import { describe, expect, it } from 'vitest';
import { noAnswer, unexpected, unreadable } from '../../../connectors/hubspot/answer-errors.ts';
import { type BadAnswer, refusal } from '../../../connectors/hubspot/errors.ts';

const call = 'POST /crm/objects/2026-03/deals/search';

function answer(status: number, body: unknown = {}, more: Partial<BadAnswer> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return refusal({ status, text, call, retryAfter: null, renewable: false, ...more });
}

const ten = { policyName: 'TEN_SECONDLY_ROLLING' };
const table: readonly (readonly [number, unknown, string, string, number | null])[] = [
  [400, { category: 'VALIDATION_ERROR' }, 'REQUEST_REFUSED', 'reject', null],
  [401, {}, 'TOKEN_REFUSED', 'pause-connection', null],
  [403, { category: 'MISSING_SCOPES' }, 'SCOPE_MISSING', 'pause-connection', null],
  [403, '<html>', 'ACCESS_DENIED', 'pause-connection', null],
  [404, {}, 'NOT_FOUND', 'reject', null],
  [408, {}, 'CRM_UNAVAILABLE', 'retry', null],
  [409, {}, 'CONFLICT', 'reject', null],
  [414, {}, 'REQUEST_TOO_LONG', 'reject', null],
  [422, {}, 'REQUEST_REFUSED', 'reject', null],
  [423, {}, 'RECORD_LOCKED', 'wait', 2_000],
  [429, ten, 'RATE_LIMITED', 'wait', 10_000],
  [
    429,
    { message: 'You have reached your ten_secondly_rolling limit.' },
    'RATE_LIMITED',
    'wait',
    10_000,
  ],
  [429, { policyName: 'SECONDLY' }, 'SEARCH_LIMITED', 'wait', 1_000],
  [429, { message: 'You have reached your secondly limit.' }, 'SEARCH_LIMITED', 'wait', 1_000],
  [429, { policyName: 'DAILY' }, 'QUOTA_SPENT', 'end-at-checkpoint', null],
  [
    429,
    { message: 'You have reached your daily limit.' },
    'QUOTA_SPENT',
    'end-at-checkpoint',
    null,
  ],
  [429, '', 'RATE_LIMITED', 'wait', 10_000],
  [477, {}, 'PORTAL_MIGRATING', 'pause-connection', null],
  [500, {}, 'CRM_UNAVAILABLE', 'retry', null],
  [502, '<html>', 'CRM_UNAVAILABLE', 'retry', null],
  [504, '', 'CRM_UNAVAILABLE', 'retry', null],
  [524, '', 'CRM_UNAVAILABLE', 'retry', null],
];

describe('an answer becomes a decision', () => {
  it.each(table)('%i %j is %s: %s', (status, body, code, disposition, waitMs) => {
    expect(answer(status, body)).toMatchObject({ code, disposition, waitMs });
    expect(answer(status, body).todo).not.toBe('');
  });

  it('Retry-After goes before our own figures', () => {
    expect(answer(429, ten, { retryAfter: '3' }).waitMs).toBe(3_000);
    expect(answer(423, {}, { retryAfter: '1' }).waitMs).toBe(2_000);
    const soon = answer(477, {}, { retryAfter: '30' });
    expect(soon).toMatchObject({ disposition: 'wait', waitMs: 30_000 });
    const long = answer(477, {}, { retryAfter: '7200' });
    expect(long).toMatchObject({ disposition: 'pause-connection' });
    expect(long.message).toContain('120 minutes');
  });

  it('a wait beyond five minutes ends the run at its checkpoint', () => {
    for (const status of [423, 429])
      for (const retryAfter of ['3600', '99999999999', 'Fri, 31 Dec 9999 23:59:59 GMT'])
        expect(answer(status, ten, { retryAfter })).toMatchObject({
          ...{ disposition: 'end-at-checkpoint', waitMs: null },
        });
  });

  it('a redirect is an error that is tried again', () => {
    for (const status of [300, 301, 302, 303, 305, 307, 308])
      expect(answer(status)).toMatchObject({ code: 'CALL_REDIRECTED', mayHaveHappened: true });
  });

  it('a token that can be renewed is renewed', () => {
    expect(answer(401, {}, { renewable: true })).toMatchObject({ disposition: 'refresh' });
  });

  it('missing scopes are named', () => {
    const context = { requiredGranularScopes: ['crm.lists.write'] };
    const error = answer(403, { category: 'MISSING_SCOPES', errors: [{ message: 'x', context }] });
    expect(error.message).toContain('crm.lists.write');
    expect(error.todo).toContain('crm.lists.write');
  });

  it('the fields of a refusal are named', () => {
    const errors = [{ code: 'INVALID_OPTION', context: { propertyName: ['assay_value_tier'] } }];
    expect(answer(400, { message: 'bad', errors }).fields).toEqual(['assay_value_tier']);
  });

  it('only what was refused is sure not to have happened', () => {
    expect(answer(423).mayHaveHappened).toBe(false);
    expect(answer(429, ten).mayHaveHappened).toBe(false);
    expect(answer(504, '').mayHaveHappened).toBe(true);
  });
});

describe('no answer', () => {
  const failed = (code: string) => {
    return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
  };

  it.each([
    ['ECONNREFUSED', 'CRM_UNREACHABLE', false],
    ['ENOTFOUND', 'CRM_UNREACHABLE', false],
    ['ECONNRESET', 'CONNECTION_LOST', true],
    ['UND_ERR_SOCKET', 'CONNECTION_LOST', true],
  ] as const)('%s is %s', (cause, code, mayHaveHappened) => {
    expect(noAnswer(call, failed(cause))).toMatchObject({ code, mayHaveHappened });
  });

  it('is told apart from an empty and an unreadable one', () => {
    expect(unreadable(call, '').code).toBe('ANSWER_EMPTY');
    expect(unreadable(call, '<html>').code).toBe('ANSWER_UNREADABLE');
    expect(unexpected(call, 'results: missing')).toMatchObject({
      code: 'ANSWER_UNEXPECTED',
      disposition: 'pause-connection',
    });
  });
});
