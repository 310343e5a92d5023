import { describe, expect, it } from 'vitest';
import { answerErrors } from '../../../src/connector/http/answer-errors.ts';
import { quoted } from '../../../src/connector/http/quoted.ts';

describe('what a CRM says, as it is shown', () => {
  it.each([
    ['ann.lee+x@example.org is not valid', '[e-mail] is not valid'],
    ['authorization: Bearer pat-na1-4711', 'authorization: Bearer […]'],
    ['Zoho-oauthtoken 1000.ab12.cd34 expired', 'Zoho-oauthtoken […] expired'],
    [
      'grant_type=x&client_secret=s3cret&refresh_token=r',
      'grant_type=x&client_secret= […]&refresh_token= […]',
    ],
    ['{"access_token":"abc","x":1}', '{"access_token": […]","x":1}'],
    ['token 1000.0123456789abcdef0123456789abcdef is', 'token […] is'],
    ['one\n    at two (three.ts:4)\u0000\u202e', 'one at two (three.ts:4)'],
    [
      'Property assay_days_since_last_purchase is not known',
      'Property assay_days_since_last_purchase is not known',
    ],
  ])('%j is %j', (text, shown) => {
    expect(quoted(text)).toBe(shown);
  });

  it('is never long', () => {
    expect(quoted('word '.repeat(100_000))).toHaveLength(600);
    expect(quoted('@'.repeat(1_000_000), 20)).toBe('[e-mail]');
  });
});

describe('an answer that is no JSON', () => {
  const { unreadable } = answerErrors({ title: 'X', address: 'x', changed: 'x' });

  it('is told by what it looks like, never by its beginning: a token or a person may stand there', () => {
    const cut = unreadable('GET /x', '{"access_token":"abc","properties":{"email":"ann@example.o');
    expect(cut.message).toBe(
      'X’s answer to GET /x is not JSON: JSON that is cut short or spoilt (58 characters)',
    );
    expect(unreadable('GET /x', 'ann@example.org').message).toContain('text of 15 characters');
  });

  it('is told by its title where it is a page', () => {
    const page = '<html><head><title>502 Bad\nGateway</title></head></html>';
    expect(unreadable('GET /x', page).message).toContain('a page called “502 Bad Gateway”');
    expect(unreadable('GET /x', '<p>ann@example.org').message).toMatch(/: a page$/);
  });
});
