import { z } from 'zod';
import { idText } from './wire.ts';

const uploaded = z.looseObject({ file_id: z.union([z.string(), z.number().transform(String)]) });
const one = z.looseObject({ details: uploaded });

/** `POST /upload`: the details alone, or as one of `data[]`. */
export const uploadAnswer = z
  .union([one, z.object({ data: z.tuple([one]) }).transform(({ data }) => data[0])])
  .transform(({ details }) => details.file_id);

const made = z.looseObject({ details: z.looseObject({ id: idText }) });

/** `POST /crm/bulk/v8/write`: likewise. */
export const jobMade = z
  .union([made, z.object({ data: z.tuple([made]) }).transform(({ data }) => data[0])])
  .transform(({ details }) => details.id);

const count = z.number().catch(0);

/** `GET /crm/bulk/v8/write/{id}` (facts §5.4). */
export const writeJob = z.looseObject({
  status: z.string().transform((text) => text.toUpperCase()),
  resource: z
    .array(
      z.looseObject({
        code: z.string().nullish(),
        message: z.string().nullish(),
        file: z
          .looseObject({ total_count: count, updated_count: count, skipped_count: count })
          .nullish(),
      }),
    )
    .catch([]),
  result: z.looseObject({ download_url: z.string().nullish() }).nullish().catch(null),
});
export type WriteJob = z.output<typeof writeJob>;

export const zipBytes = z.instanceof(Uint8Array);
