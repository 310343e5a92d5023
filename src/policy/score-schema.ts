import { z } from 'zod';
import { weightsSchema } from './weights-schema.ts';

const share = z.number().min(0).max(1);

/** The value score: what the customer is worth to the seller. */
export const valueSchema = z.strictObject({
  weights: weightsSchema('spend', 'loyalty', 'credit'),
  /** Below this confidence (0–1) no tier is given. */
  minimumConfidence: share,
});

/** The loyalty score: buying again, recommending, taking part. */
export const loyaltySchema = z.strictObject({
  weights: weightsSchema('repeat', 'referral', 'participation'),
  repeat: z.strictObject({
    /** Share of the months after the first that must hold a purchase for all points. */
    fullMonthsShare: share.gt(0),
    /** So many further months with a purchase are needed for all points at the very least. */
    fullMonthsAtLeast: z.int().min(1),
    /** How much of it hangs on even gaps, 0–1; the rest on months with a purchase. */
    regularityShare: share,
    /** Silent for so long, nobody is loyal any more; or for `lapsedAfterGaps` own gaps. */
    lapsedAfterDays: z.int().min(4),
    lapsedAfterGaps: z.number().min(0),
  }),
  referral: z.strictObject({
    /** So many referred customers who bought give all points. */
    fullAt: z.int().min(1),
    /** What one who has not bought counts for, 0–1. */
    notBoughtCounts: share,
  }),
});

/** The credit score: pays when due, and keeps what was bought. */
export const creditSchema = z.strictObject({
  weights: weightsSchema('onTime', 'overdue', 'refunds'),
  /** So many days overdue on average leave no points. */
  overdueDaysLimit: z.int().min(1),
});
