import { z } from 'zod';
import { batchError, idText } from './wire.ts';

const propertyOption = z.object({
  label: z.string(),
  value: z.string(),
  displayOrder: z.number().optional(),
  hidden: z.boolean().optional(),
});

/** A property's definition. */
const wireProperty = z.object({
  name: z.string(),
  label: z.string().catch(''),
  description: z.string().nullish(),
  groupName: z.string().nullish(),
  type: z.string(),
  fieldType: z.string().catch(''),
  options: z.array(propertyOption).catch([]),
});
export type WireProperty = z.output<typeof wireProperty>;

export const propertyList = z.object({ results: z.array(wireProperty) });
export const propertyBatch = z.object({
  results: z.array(wireProperty),
  errors: z.array(z.looseObject({ message: z.string().catch('') })).optional(),
});
export const groupList = z.object({ results: z.array(z.object({ name: z.string() })) });

export const customPropertyLimits = z.object({
  overallLimit: z.number().nullish(),
  overallUsage: z.number().nullish(),
  byObjectType: z
    .array(z.object({ objectTypeId: z.string(), limit: z.number(), usage: z.number() }))
    .catch([]),
});

/** A list; its size comes as a field or among the additional properties. */
const wireList = z
  .object({
    listId: idText,
    name: z.string(),
    processingType: z.string(),
    objectTypeId: z.string().catch(''),
    size: z.number().nullish(),
    deletedAt: z.string().nullish(),
    additionalProperties: z.record(z.string(), z.unknown()).catch({}),
  })
  .transform(({ size, additionalProperties, ...list }) => ({
    ...list,
    size: size ?? (Number(additionalProperties['hs_list_size'] ?? 0) || 0),
  }));
export type WireList = z.output<typeof wireList>;

export const listAnswer = z.object({ list: wireList });
export const listsAnswer = z.object({ lists: z.array(wireList) });

export const memberPage = z.object({
  results: z.array(z.object({ recordId: idText })),
  paging: z.object({ next: z.object({ after: idText }).optional() }).optional(),
});

/** Of each record the lists that it is on. */
export const membershipsOfRecords = z.object({
  results: z.array(
    z.object({
      recordId: idText,
      recordListMemberships: z.array(z.object({ listId: idText })),
    }),
  ),
  errors: z.array(batchError).optional(),
});

/** `recordsIdsAdded` is spelt so (BEHAVIOR 29). */
export const membershipAnswer = z.object({
  recordsIdsAdded: z.array(idText).nullish(),
  recordIdsRemoved: z.array(idText).nullish(),
  recordIdsMissing: z.array(idText).nullish(),
});
