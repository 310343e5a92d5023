import { z } from 'zod';
import { keySchema, textsShape } from './catalogue-schema.ts';
import { unique } from './unique.ts';

/** What a tier's customers are given. */
export const serviceLevelsSchema = z
  .array(z.strictObject({ key: keySchema, ...textsShape }))
  .superRefine(unique('key', ({ key }) => key));

/** How a tier's customers are spoken to; sending is another program's. */
export const strategiesSchema = z
  .array(
    z.strictObject({
      key: keySchema,
      ...textsShape,
      channels: z
        .array(keySchema)
        .min(1, 'name at least one channel')
        .superRefine(unique(null, (channel) => channel)),
    }),
  )
  .superRefine(unique('key', ({ key }) => key));
