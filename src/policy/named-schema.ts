import { z } from 'zod';
import { dayNumber } from '../domain/day.ts';
import { unique } from './unique.ts';

const filled = z.string().trim().min(1, 'must not be empty').max(200);

const namedSchema = z
  .strictObject({
    /** External id, record id or e-mail. */
    customer: filled,
    /** Never below this tier. */
    floor: z.string().optional(),
    /** Black comes from here alone, never from what a customer is or bought. */
    importance: z.enum(['red', 'black']).optional(),
    /** Reason and author stand in the customer's explanation. */
    why: filled,
    by: filled,
    /** The last day on which it holds. */
    until: z
      .string()
      .refine((day) => dayNumber(day) !== null, 'must be a day, for example 2027-12-31')
      .optional(),
  })
  .refine(({ floor, importance }) => floor !== undefined || importance !== undefined, {
    message: 'give a `floor` (a tier), an `importance` (red or black) or both',
  });

/** What people decided of single customers, over the head of every rule. */
export const namedListSchema = z
  .array(namedSchema)
  .superRefine(unique('customer', ({ customer }) => customer.toLowerCase()))
  .transform((named) =>
    named.map(({ floor = null, importance = null, until = null, ...rest }) => {
      return { ...rest, floor, importance, until };
    }),
  );
