import { z } from 'zod';

/** What a bulk write does with its rows. */
export const operations = ['insert', 'update', 'upsert'] as const;
export type WriteOperation = (typeof operations)[number];

/** Which column goes into which field (facts §5.4). */
export const mapping = z.object({
  api_name: z.string(),
  index: z.number().int().nonnegative().optional(),
  find_by: z.string().optional(),
  default_value: z.object({ value: z.unknown().optional() }).nullish(),
});
export type FieldMapping = Readonly<z.output<typeof mapping>>;
