import { mapInParallel } from '../../src/connector/map-in-parallel.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { PullObject } from '../../src/domain/pull-task.ts';
import { chunk } from '../../src/lib/chunk.ts';
import { fieldsAfterRefusal, isQueryRefused, refusedOf } from './column-refusal.ts';
import { coql } from './coql.ts';
import { withIds } from './criteria.ts';
import { type FlatRecord, flatRecord } from './flat-record.ts';
import { moduleOf, type PullContext } from './pull-context.ts';
import { fieldsPerGet, idsPerGet } from './read-route.ts';
import { recordPage } from './wire.ts';

/** Two full `in` lists: as many rows as one credit brings (facts §1). */
export const idsPerQuery = 200;
/** GETs on their way at once. */
const width = 4;

type Asked = { readonly object: PullObject; readonly fields: readonly string[] };

/** Records by id, at most 200: by COQL, or by GET where that refuses a field. Who is gone is missing. */
export async function readByIds(
  context: PullContext,
  { object, fields }: Asked,
  ids: readonly RecordId[],
  signal: AbortSignal,
): Promise<readonly FlatRecord[]> {
  if (ids.length === 0) return [];
  if (refusedOf(context, object, fields).length > 0)
    return await getByIds(context, { object, fields }, ids, signal);
  const query = { select: fields, where: withIds(ids), order: 'id asc', limit: idsPerQuery };
  try {
    const module = moduleOf(context.session, object);
    return (await coql(context.session, { module, ...query }, signal)).rows;
  } catch (error) {
    if (!isQueryRefused(error)) throw error;
    const known = await fieldsAfterRefusal(context, object, error, fields, signal);
    return await readByIds(context, { object, fields: known }, ids, signal);
  }
}

/** Any number of records by id, by GET: a hundred ids and fifty fields a call. */
export async function getByIds(
  { session }: PullContext,
  { object, fields }: Asked,
  ids: readonly RecordId[],
  signal: AbortSignal,
): Promise<readonly FlatRecord[]> {
  const parts = [...chunk(ids, idsPerGet)].flatMap((some) =>
    [...chunk(fields, fieldsPerGet)].map((names) => ({ some, names })),
  );
  const pages = await mapInParallel(parts, width, async ({ some, names }) => {
    const { records } = await session.client.send(
      {
        method: 'GET',
        path: `/crm/v8/${moduleOf(session, object)}`,
        query: { ids: some.join(','), fields: names.join(','), per_page: String(idsPerGet) },
        ...{ answer: recordPage, effect: 'read', credits: 1, pool: 'plain' },
      },
      signal,
    );
    return records.map(flatRecord);
  });
  return joined(pages.flat(), new Set(ids));
}

/** Parts of one record put together, in the order of the ids. */
function joined(parts: readonly FlatRecord[], wanted: ReadonlySet<RecordId>) {
  const byId = Map.groupBy(parts, ({ id }) => id);
  return [...wanted].flatMap((id) => {
    const found = byId.get(id);
    if (found === undefined) return [];
    const values = found.map((part) => part.values);
    return [{ id, values: Object.assign({}, ...values) }];
  });
}
