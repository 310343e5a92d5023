import type { RecordId } from '../../src/domain/ids.ts';
import type { ObjectKind } from './object-kind.ts';
import type { Session } from './session.ts';
import { ensureWhole } from './whole-answer.ts';
import { batchAnswer, type WireRecord } from './wire.ts';

/** Most inputs of one batch (BEHAVIOR, source `objects`). */
export const batchSize = 100;

/** At most 100 live records by id, in any order. One that is gone is missing; a merged one comes as what it became. */
export async function readBatch(
  { client, paths }: Session,
  { type }: ObjectKind,
  ids: readonly RecordId[],
  properties: readonly string[],
  signal: AbortSignal,
): Promise<readonly WireRecord[]> {
  if (ids.length === 0) return [];
  const path = paths.batch(type, 'read');
  const { results, errors } = await client.send(
    {
      method: 'POST',
      path,
      body: { inputs: ids.map((id) => ({ id })), properties },
      answer: batchAnswer,
      effect: 'read',
    },
    signal,
  );
  ensureWhole(`POST ${path}`, errors);
  return results;
}
