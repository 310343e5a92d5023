import type { Random } from '../kit/random.ts';
import { TRADES } from './invented-company.ts';
import { pick, wholeNumber } from './random.ts';
import type { WorldCustomer } from './world.ts';

/** What else a seller notes of a customer, made up. */
export type InventedProfile = Pick<WorldCustomer, 'phone' | 'industry' | 'feedback' | 'optedOut'>;

const PHONE_UNKNOWN = 0.15;
const INDUSTRY_UNKNOWN = 0.3;
const FEEDBACK_UNKNOWN = 0.6;
const OPTED_OUT_SHARE = 0.005;
const MOST_FEEDBACK = 4;

/** The same number and the same stream give the same profile. */
export function inventProfile(externalId: string, random: Random): InventedProfile {
  return {
    ...inventContact(externalId, random),
    feedback: random.next() < FEEDBACK_UNKNOWN ? null : wholeNumber(random, 0, MOST_FEEDBACK),
    optedOut: random.next() < OPTED_OUT_SHARE,
  };
}

/** Only what says nothing of how the customer behaves. */
export function inventContact(
  externalId: string,
  random: Random,
): Pick<InventedProfile, 'phone' | 'industry'> {
  return {
    phone: random.next() < PHONE_UNKNOWN ? null : inventPhone(externalId, random),
    industry: random.next() < INDUSTRY_UNKNOWN ? null : pick(random, TRADES),
  };
}

/** A number that nobody can have, +999 being no country; as people write numbers, each its way. */
export function inventPhone(externalId: string, random: Random): string {
  const digits = externalId.replace(/\D/g, '').padStart(9, '0').slice(-9);
  const groups = digits.match(/.{3}/g) ?? [];
  return pick(random, [
    `+999 ${groups.join(' ')}`,
    `00999 ${groups.join(' ')}`,
    `+999-${groups.join('-')}`,
    `+999${digits}`,
  ]);
}
