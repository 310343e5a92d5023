import type { Request } from 'express';
import { z } from 'zod';

const records = z.looseObject({
  data: z.array(z.looseObject({ id: z.coerce.string().optional() })),
});
const ids = z.looseObject({ ids: z.array(z.coerce.string()) });

/** A request that is about many records: `{data: […]}`, or `{ids: […]}` of tags and mass update. */
export interface BatchRequest {
  /** The records' ids in order; nothing for one that is to be created. */
  readonly ids: readonly (string | undefined)[];
  /** The request's body with only the records at those places left that pass. */
  keep(passes: (place: number) => boolean): unknown;
}

/** The batch in a request's body; nothing when it is about no records. */
export function batchRequest(req: Request): BatchRequest | undefined {
  if (!['POST', 'PUT', 'PATCH'].includes(req.method) || isQuery(req.path)) return undefined;
  const byId = ids.safeParse(req.body);
  if (byId.success) {
    const { ids: given, ...rest } = byId.data;
    return {
      ids: given,
      keep: (passes) => ({ ...rest, ids: given.filter((_, place) => passes(place)) }),
    };
  }
  const byRecord = records.safeParse(req.body);
  if (!byRecord.success) return undefined;
  const { data, ...rest } = byRecord.data;
  const ofPath = data.length === 1 ? /\/(\d{10,})$/.exec(req.path)?.[1] : undefined;
  return {
    ids: data.map(({ id }) => id ?? ofPath),
    keep: (passes) => ({ ...rest, data: data.filter((_, place) => passes(place)) }),
  };
}

/** Whether a request writes one of these records; with none named, whether it writes any. */
export function hits(req: Request, recordIds: readonly string[] | undefined): boolean {
  const batch = batchRequest(req);
  if (batch === undefined) return false;
  return recordIds === undefined || batch.ids.some((id) => recordIds.includes(id ?? ''));
}

function isQuery(path: string): boolean {
  return path.endsWith('/coql') || path.startsWith('/crm/bulk/') || path.includes('/settings/');
}
