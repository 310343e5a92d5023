import type { FieldValues } from '../../src/domain/field.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { readRows } from './read-rows.ts';
import type { Session } from './session.ts';

/** Our fields as they stand, of any number of records; in their order; ids that are gone are left out. */
export async function readHeld(
  session: Session,
  ids: readonly RecordId[],
  signal: AbortSignal,
): Promise<ReadonlyMap<RecordId, FieldValues>> {
  const own = await session.own(signal);
  const names = own.names.length === 0 ? ['id'] : own.names;
  const records = await readRows(session, ids, names, signal);
  const found = [...new Set(ids)].flatMap((id) => {
    const record = records.get(id);
    return record === undefined ? [] : [[id, own.held(record)] as const];
  });
  return new Map(found);
}
