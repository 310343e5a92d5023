import { describe, expect, it } from 'vitest';
import { quadrantOf } from '../../../src/score/classes/quadrant.ts';
import { policyWithoutLoyalty, valueWithoutLoyalty } from '../../../src/score/quadrant-value.ts';
import { customer, won } from '../builders.ts';
import { policy } from '../default-policy.ts';
import { dayOf, fixedCuts, type Given } from './class-day.ts';

const months = ['2011-06', '2011-07', '2011-08', '2011-09', '2011-10', '2011-11'];
const day = (minor: number, orders: number, given: Given = {}) =>
  dayOf(
    months.slice(0, orders).map((month) => won(`${month}-05`, minor / orders)),
    given,
  );

describe('the quadrant', () => {
  it('sets value against loyalty, each cut in two', () => {
    const keys = [day(48_000_00, 6), day(48_000_00, 1), day(90_00, 6), day(90_00, 1)].map(
      (each) => quadrantOf(each)?.key,
    );
    expect(keys).toEqual(['star', 'big_unattached', 'loyal_small', 'other']);
  });

  it('takes value without loyalty: another loyalty moves one axis only', () => {
    const plain = { customer };
    const active = { customer: { ...customer, eventsInvited: 2, eventsAttended: 2 } };
    const [one, other] = [plain, active].map((given) => quadrantOf(day(2_000_00, 2, given))?.facts);
    expect(one?.['value']).toBe(other?.['value']);
    expect(one?.['loyalty']).not.toBe(other?.['loyalty']);
  });

  it('rests on spend alone where loyalty has all the weight of the value', () => {
    const weights = { spend: 0, loyalty: 1, credit: 0 };
    const rules = { ...policy, value: { ...policy.value, weights } };
    expect(policyWithoutLoyalty(rules).value.weights).toEqual({ spend: 1, loyalty: 0, credit: 0 });
    expect(valueWithoutLoyalty(day(90_00, 1).signals, fixedCuts, rules)).toBe(10);
  });

  it('is unknown without a purchase, or where nothing is known of loyalty', () => {
    expect(quadrantOf(dayOf([]))).toBeNull();
    const weights = { repeat: 0, referral: 0, participation: 1 };
    const rules = { ...policy, loyalty: { ...policy.loyalty, weights } };
    expect(quadrantOf(day(90_00, 1, { rules }))).toBeNull();
  });
});
