import { z } from 'zod';
import { quoted } from '../../src/connector/http/quoted.ts';

/**
 * A Zoho id: up to 19 digits, more than a number can hold, so it stays text (facts §9). A short one
 * that came as a number is still whole; `parse-json.ts` has made text of the longer ones.
 */
export const idText = z.union([
  z.string().regex(/^\d{1,20}$/, 'must be an id of digits'),
  z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).transform(String),
]);

/** A record: field values by API name, whatever their form. */
export const wireRecord = z.looseObject({ id: idText });
export type WireRecord = z.output<typeof wireRecord>;

/** A page of a list or of COQL; `undefined` is the 204 of an empty one (facts §4.1). */
export const recordPage = z
  .object({
    data: z.array(wireRecord),
    info: z
      .looseObject({
        count: z.number().optional(),
        more_records: z.boolean().catch(false),
        next_page_token: z.string().nullish(),
      })
      .optional(),
  })
  .optional()
  .transform((page) => ({
    records: page?.data ?? [],
    hasMore: page?.info?.more_records ?? false,
    nextToken: page?.info?.next_page_token ?? null,
  }));

/** One line of a shape B answer, good or bad (facts §5.1). */
export const wireResult = z.looseObject({
  code: z.string(),
  status: z.string().catch(''),
  message: z
    .string()
    .catch('')
    .transform((text) => quoted(text, 300)),
  details: z.record(z.string(), z.unknown()).catch({}),
});
export type WireResult = z.output<typeof wireResult>;

/** What a write of records answers, by position. */
export const resultsOfData = z.object({ data: z.array(wireResult) });

/** Any answer at all: only that the call went well counts. */
export const anything = z.unknown();
