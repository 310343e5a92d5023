import { z } from 'zod';

const ascending = (values: readonly number[]): boolean =>
  values.every((value, at) => value > (values[at - 1] ?? Number.NEGATIVE_INFINITY));
const inOrder = { message: 'must rise from one to the next' };

/** Fixed thresholds, each list rising; amounts in whole units of the account's currency. */
export const thresholdsSchema = z.strictObject({
  /** Up to the first many days since the last order: 5; then 4, 3, 2; beyond the last: 1. */
  recencyDays: z.array(z.int().min(0)).length(4).refine(ascending, inOrder),
  /** Orders in the window from which 2, 3, 4, 5 are given. */
  frequency: z.array(z.int().min(1)).length(4).refine(ascending, inOrder),
  /** Net amount in the window from which 2, 3, 4, 5 are given. */
  monetary: z.array(z.number()).length(4).refine(ascending, inOrder),
  /** Net amounts at which the next step of spend points begins. */
  spend: z.array(z.number()).min(1).max(99).refine(ascending, inOrder),
});
