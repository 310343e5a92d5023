import { z } from 'zod';
import { attributeSchema } from './attribute-schema.ts';

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const amount = z.number().gt(0).max(1_000_000_000);
/** Less than a hundredth would make numbers of points that no account holds. */
const rate = z.number().min(0.01).max(1_000_000_000);

/** The points that customers earn, as a ledger derived from their deals. */
export const pointsSchema = z.strictObject({
  enabled: z.boolean(),
  /** Whole currency units for one point, floored for each deal. */
  amountPerPoint: rate,
  /** Points that are worth one currency unit. */
  pointsPerUnit: rate,
  birthdayFactor: z.int().min(1).max(100),
  monthsValid: z.int().min(1).max(120),
  expiringWithinDays: z.int().min(1).max(366),
  /** `any`, or the ISO code of the currency that earns; others need rates of their own. */
  currency: z.string().refine((code) => code === 'any' || currencies.has(code), {
    message: 'must be `any` or an ISO 4217 code, for example EUR',
  }),
  /** Points given once, on the day that a customer attribute holds; `null` gives none. */
  activation: z
    .strictObject({ points: z.int().min(1).max(1_000_000), attribute: attributeSchema })
    .nullable(),
});

/** Who is sent the regular list, and the coupon that loyal customers get. */
export const eligibilitySchema = z.strictObject({
  /** Mean net spend a week, over so many weeks; this much is enough. */
  weeklySpend: amount,
  weeks: z.int().min(1).max(520),
  everyWeeks: z.int().min(1).max(52),
  coupon: z
    .strictObject({
      from: z.number().min(0).max(1_000_000_000),
      to: z.number().min(0).max(1_000_000_000),
      loyaltyFrom: z.int().min(0).max(100),
      /** The least net amount in the window, whole currency units; so no coupon is more than it. */
      netFrom: z.number().min(0).max(1_000_000_000),
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be below `from`' })
    .refine(({ to, netFrom }) => to <= netFrom, {
      path: ['netFrom'],
      message: 'must not be below `to`: the coupon could be more than what was bought',
    }),
});
