import { z } from 'zod';
import { quoted } from '../../src/connector/http/quoted.ts';
import { readInstant } from './instant.ts';

/** Ids are text, whatever JSON type they come in: those of association targets are numbers. */
export const idText = z.union([z.string(), z.number().int().transform(String)]);

/** Property values are text or null (BEHAVIOR 24). */
const wireProperties = z.record(z.string(), z.string().nullable());
export type WireProperties = z.output<typeof wireProperties>;

const paging = z.object({ next: z.object({ after: idText }).optional() }).optional();

const inlineLinks = z.object({
  results: z.array(z.object({ id: idText, type: z.string().optional() })),
  paging,
});

/** A contact, company or deal. */
export const wireRecord = z.object({
  id: idText,
  properties: wireProperties,
  createdAt: z.string().optional(),
  updatedAt: z.string().refine((text) => readInstant(text) !== null, 'must be a moment'),
  archivedAt: z.string().optional(),
  associations: z.record(z.string(), inlineLinks).optional(),
});
export type WireRecord = z.output<typeof wireRecord>;

/** A page of the list endpoint: `after` is the next record's id there. */
export const recordPage = z.object({ results: z.array(wireRecord), paging });

/** A page of a search. */
export const searchAnswer = z.object({
  total: z.number().int().min(0),
  results: z.array(wireRecord),
});

/** One complaint of a 207. */
export const batchError = z.looseObject({
  category: z.string().catch(''),
  message: z
    .string()
    .catch('')
    .transform((text) => quoted(text, 300)),
  context: z.record(z.string(), z.array(idText)).catch({}),
});
export type BatchError = z.output<typeof batchError>;

/** What a batch read or update gives; `errors` only in a 207. */
export const batchAnswer = z.object({
  results: z.array(wireRecord),
  errors: z.array(batchError).optional(),
});

/** Associations by batch: target ids are numbers there, and one page of them a record (BEHAVIOR 16). */
export const linkAnswer = z.object({
  results: z.array(
    z.object({
      from: z.object({ id: idText }),
      to: z.array(
        z.object({
          toObjectId: idText,
          associationTypes: z.array(
            z.object({ category: z.string().catch(''), typeId: z.number().catch(0) }),
          ),
        }),
      ),
      paging,
    }),
  ),
  errors: z.array(batchError).optional(),
});

/** Any JSON object: only that the call went well counts. */
export const anything = z.unknown();
