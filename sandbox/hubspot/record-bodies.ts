import { z } from 'zod';

/** Values to write. Numbers and booleans are taken as their text, as HubSpot does; null clears. */
export const writtenValues = z.record(
  z.string(),
  z.union([z.string(), z.number().transform(String), z.boolean().transform(String), z.null()]),
);

/** A record id. Numbers are taken too, since JSON made by hand often has them. */
export const recordId = z.union([z.string(), z.number().int().transform(String)]);

const associationSpec = z.object({
  associationCategory: z.string().optional(),
  associationTypeId: z.coerce.number().int(),
});

/** Links to make together with a new record. */
const newAssociations = z
  .array(z.object({ to: z.object({ id: recordId }), types: z.array(associationSpec).min(1) }))
  .default([]);

/** A record to create. */
export const newRecord = z.object({
  properties: writtenValues.default({}),
  associations: newAssociations,
  objectWriteTraceId: z.string().optional(),
});
export type NewRecord = z.output<typeof newRecord>;
