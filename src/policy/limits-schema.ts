import { z } from 'zod';
import { unique } from './unique.ts';

const share = z.number().min(0).max(1);
const aboveZero = share.gt(0);
const points = z.int().min(0).max(100);
const days = z.int().min(1).max(36_500);

/** Fields of a record that a policy may ask to be filled. */
export const qualityFields = [
  'email',
  'phone',
  'name',
  'country',
  'externalId',
  'birthday',
] as const;

/** Day, order and share limits of the classes, a section each. */
export const limitSections = {
  /** Orders lose half their weight in so many days; so many undecayed ones give 100. */
  activity: z.strictObject({ halfLifeDays: days, fullAt: z.number().gt(0).max(10_000) }),
  /** Coefficient of variation of net spend a period; steady below the limit. */
  stability: z.strictObject({
    periodMonths: z.int().min(1).max(24),
    minimumPeriods: z.int().min(2).max(100),
    steadyBelow: z.number().gt(0).max(10),
  }),
  /** The smallest set of customers that holds this share of the net amount. */
  keyAccounts: z.strictObject({ share: aboveZero.lt(1) }),
  /** Spend steps up or down against the window before that make a trend. */
  trend: z.strictObject({ steps: z.int().min(1).max(99) }),
  /** Value (without loyalty) and loyalty, each cut in two: by share of the base, or from a score. */
  quadrant: z.strictObject({
    mode: z.enum(['quantile', 'fixed']),
    valueShare: aboveZero.lt(1),
    loyaltyShare: aboveZero.lt(1),
    valueFrom: points,
    loyaltyFrom: points,
  }),
  /** From when each of the five standards is met; steady spend is `stability`'s. */
  standards: z.strictObject({
    loyaltyFrom: points,
    creditFrom: points,
    feedbackFrom: z.int().min(1).max(10_000),
    referralsFrom: z.int().min(1).max(10_000),
  }),
  days: z.strictObject({
    newCustomer: days,
    newProspect: days,
    lost: days,
    /** In a customer's own gaps, where that is longer; 0 looks at the days alone. */
    lostGaps: z.number().min(0).max(100),
    loyalOrders: z.int().min(2).max(10_000),
    loyalMonths: z.int().min(1).max(1_200),
  }),
  frequency: z.strictObject({ highPerYear: z.number().gt(0).max(366) }),
  interest: z.strictObject({
    minimumOrders: z.int().min(1).max(10_000),
    priceSensitiveShare: aboveZero,
    brandLoyalShare: aboveZero,
  }),
  /** What a record must hold, and the completeness (0–1) that a base must have on average. */
  quality: z.strictObject({
    required: z
      .array(z.enum(qualityFields))
      .min(1, 'name at least one field')
      .superRefine(unique(null, (field) => field)),
    gate: share,
  }),
};
