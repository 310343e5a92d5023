import { mapInParallel } from '../../src/connector/map-in-parallel.ts';
import type { FieldValues } from '../../src/domain/field.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { chunk } from '../../src/lib/chunk.ts';
import { batchSize, readBatch } from './read-batch.ts';
import type { Session } from './session.ts';

/** Batches on their way at once. */
const width = 8;

/** Our fields as they stand, of any number of records; ids that are gone or merged are left out. */
export async function readHeld(
  session: Session,
  ids: readonly RecordId[],
  signal: AbortSignal,
): Promise<ReadonlyMap<RecordId, FieldValues>> {
  const { customers, own } = session;
  const asked = new Set(ids);
  const batches = await mapInParallel([...chunk(ids, batchSize)], width, async (batch) => {
    return await readBatch(session, customers, batch, own.names, signal);
  });
  const live = batches.flat().filter(({ id }) => asked.has(id));
  return new Map(live.map(({ id, properties }) => [id, own.held(properties)]));
}
