import { describe, expect, it } from 'vitest';
import { stabilityOf } from '../../../src/score/classes/stability.ts';
import { standardsOf } from '../../../src/score/classes/standards.ts';
import { customer, nothingKnown, won } from '../builders.ts';
import { dayOf, type Given } from './class-day.ts';

const quarters = ['2010-11-01', '2011-02-01', '2011-05-01', '2011-08-01', '2011-11-01'];
const standards = (given: Given = {}, days = quarters) => {
  const paid = (on: string) => ({ dueOn: on, paidOn: on });
  const day = dayOf(
    days.map((on) => won(on, 100_00, paid(on))),
    given,
  );
  return standardsOf(day, stabilityOf(day));
};

describe('the five standards', () => {
  it('are all met by who spends evenly, pays, comes again, speaks up and sends others', () => {
    const referrals = { referred: 3, bought: 3 };
    const given = { referrals, customer: { ...customer, feedback: 1 } };
    expect(standards(given)).toEqual({
      steadySpend: true,
      credit: true,
      loyalty: true,
      feedback: true,
      referral: true,
      met: 5,
    });
  });

  it('are unknown, not failed, where the CRM says nothing', () => {
    expect(standards({ coverage: nothingKnown, cuts: { coverage: nothingKnown } })).toMatchObject({
      credit: null,
      feedback: null,
      referral: null,
    });
  });

  it('count a referred customer only once that one has bought', () => {
    expect(standards({ referrals: { referred: 9, bought: 0 } })?.referral).toBe(false);
    expect(standards({ referrals: null })?.referral).toBe(false);
  });

  it('are not met by little', () => {
    const given = { customer: { ...customer, feedback: 0 } };
    expect(standards(given, ['2011-11-01'])).toEqual({
      steadySpend: null,
      credit: true,
      loyalty: false,
      feedback: false,
      referral: false,
      met: 1,
    });
  });

  it('are not asked of who never bought', () => {
    expect(standards({}, [])).toBeNull();
  });
});
