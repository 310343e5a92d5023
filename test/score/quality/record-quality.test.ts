import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordProblems } from '../../../src/domain/history.ts';
import { qualityFields } from '../../../src/policy/limits-schema.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import type { HistoryInput } from '../../../src/score/history-input.ts';
import { recordQualityOf } from '../../../src/score/quality/record-quality.ts';
import { customer, input } from '../builders.ts';
import { policy } from '../default-policy.ts';

const full: HistoryInput['customer'] = {
  ...customer,
  externalId: 'K-1',
  email: 'mary@example.com',
  phone: '+44 20 7946 0958',
  name: 'Mary',
  country: 'GB',
  birthday: '1980-06-15',
  createdAt: '2010-01-01T00:00:00.000Z',
};

function requiring(...required: Policy['quality']['required']): Policy {
  return { ...policy, quality: { ...policy.quality, required } };
}

function qualityOf(given: Partial<HistoryInput['customer']>, rules = requiring(...qualityFields)) {
  return recordQualityOf(input({ customer: { ...full, ...given }, policy: rules }));
}

describe('the quality of a record', () => {
  it('is whole when all that is asked for is there and can be right', () => {
    expect(qualityOf({})).toEqual({ completeness: 100, problems: [] });
  });

  it('asks for what the policy requires, no more', () => {
    const rules = requiring('email', 'name', 'country');
    expect(qualityOf({ phone: null, birthday: null, externalId: null }, rules)).toEqual({
      completeness: 100,
      problems: [],
    });
    expect(qualityOf({ country: null }, rules)).toEqual({
      completeness: 66,
      problems: ['country-missing'],
    });
  });

  it('takes a blank for nothing', () => {
    expect(qualityOf({ name: '  ', email: '', phone: ' ' }).problems).toEqual([
      'email-missing',
      'phone-missing',
      'name-missing',
    ]);
  });

  it('tells what cannot be right, required or not; it is filled all the same', () => {
    const given = { email: 'mary@', phone: '123', birthday: '1980-02-30' };
    expect(qualityOf(given, requiring('email'))).toEqual({
      completeness: 100,
      problems: ['email-invalid', 'phone-invalid', 'birthday-impossible'],
    });
  });

  it.each([
    ['1604-06-15', null, false],
    ['1901-01-01', null, true],
    ['2031-06-15', '2010-01-01T00:00:00.000Z', false],
    ['2010-01-01', '2010-01-01T00:00:00.000Z', true],
    ['15.06.1980', null, false],
  ])('a birthday on %s of a record made at %s can be: %s', (birthday, createdAt, can) => {
    expect(qualityOf({ birthday, createdAt }).problems).toEqual(can ? [] : ['birthday-impossible']);
  });

  it('reports what may be a duplicate', () => {
    const given = input({ customer: full, isDuplicateCandidate: true });
    expect(recordQualityOf(given).problems).toEqual(['duplicate-candidate']);
  });

  it('is a whole per cent and names known problems, each once', () => {
    const text = fc.option(fc.oneof(fc.string(), fc.emailAddress()), { nil: null });
    const required = fc.subarray([...qualityFields], { minLength: 1 });
    fc.assert(
      fc.property(text, text, text, text, required, (email, phone, name, birthday, fields) => {
        const found = qualityOf({ email, phone, name, birthday }, requiring(...fields));
        expect(Number.isInteger(found.completeness)).toBe(true);
        expect(found.completeness).toBeGreaterThanOrEqual(0);
        expect(found.completeness).toBeLessThanOrEqual(100);
        expect(new Set(found.problems).size).toBe(found.problems.length);
        for (const problem of found.problems) expect(recordProblems).toContain(problem);
        const missing = found.problems.filter((problem) => problem.endsWith('-missing'));
        expect(found.completeness === 100).toBe(missing.length === 0);
      }),
    );
  });
});
