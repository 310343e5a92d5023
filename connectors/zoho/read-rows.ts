import { mapInParallel } from '../../src/connector/map-in-parallel.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { chunk } from '../../src/lib/chunk.ts';
import type { Session } from './session.ts';
import { recordPage, type WireRecord } from './wire.ts';

/** Ids of one call: `in` takes a hundred (facts §1), and an address of more would be long. */
const idsPerCall = 100;
/** Fields of one GET (facts §1). */
const fieldsPerGet = 50;
/** Calls on their way at once. */
const width = 8;

/** Records by id with these fields, in the order of the ids, 1 credit a hundred; who is gone is missing. */
export async function readRows(
  session: Session,
  ids: readonly RecordId[],
  fields: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<RecordId, WireRecord>> {
  const asked = new Set(ids);
  const batches = await mapInParallel([...chunk([...asked], idsPerCall)], width, async (some) => {
    // Both cost the same. A GET is no complex call; COQL takes more than fifty fields.
    return fields.length <= fieldsPerGet
      ? await byGet(session, some, fields, signal)
      : await byQuery(session, some, fields, signal);
  });
  const found = new Map(batches.flat().map((record) => [record.id, record]));
  return new Map([...asked].flatMap((id) => pairOf(id, found.get(id))));
}

function pairOf(id: RecordId, record: WireRecord | undefined) {
  return record === undefined ? [] : [[id, record] as const];
}

async function byGet(
  { client, module }: Session,
  ids: readonly RecordId[],
  fields: readonly string[],
  signal: AbortSignal,
): Promise<readonly WireRecord[]> {
  const { records } = await client.send(
    {
      method: 'GET',
      path: `/crm/v8/${module}`,
      query: { ids: ids.join(','), fields: fields.join(','), per_page: String(idsPerCall) },
      answer: recordPage,
      effect: 'read',
      credits: 1,
      pool: 'plain',
    },
    signal,
  );
  return records;
}

async function byQuery(
  { client, module }: Session,
  ids: readonly RecordId[],
  fields: readonly string[],
  signal: AbortSignal,
): Promise<readonly WireRecord[]> {
  const among = ids.map((id) => `'${id}'`).join(',');
  const columns = ['id', ...fields].join(', ');
  const { records } = await client.send(
    {
      method: 'POST',
      path: '/crm/v8/coql',
      body: {
        select_query: `select ${columns} from ${module} where id in (${among}) limit ${idsPerCall}`,
      },
      answer: recordPage,
      effect: 'read',
      credits: 1,
      pool: 'complex',
    },
    signal,
  );
  return records;
}
