import { z } from 'zod';
import { dayNumber } from '../domain/day.ts';
import { type ReviewSettings, reviewIntervals } from '../domain/review.ts';

const day = z
  .string()
  .refine((text) => dayNumber(text) !== null, 'must be a day, for example 2026-01-01');

const written = z.strictObject({
  every: z.enum(reviewIntervals),
  /** Due dates are counted from it; default: from the day the policy in force was published. */
  from: day.optional(),
});

/** `review:` of the file: how often the standard is to be looked at again. Default: never due. */
export const reviewSchema = written.transform(
  ({ every, from }): ReviewSettings => ({ every, from: from ?? null }),
);

/** For guessing what a misspelt key meant. */
export const reviewKeys: readonly string[] = Object.keys(written.shape);
