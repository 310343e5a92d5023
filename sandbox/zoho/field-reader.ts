import type { FieldDefinition } from './field.ts';
import type { StoredRecord, StoredValue } from './record.ts';

/** Reads the stored value of one field of its records; `null` when empty. */
export type FieldReader = (record: StoredRecord) => StoredValue;

/** Fields that a record carries beside its values (record.ts). */
const besideValues: Readonly<Record<string, FieldReader>> = {
  id: ({ id }) => id,
  Created_Time: ({ createdAt }) => createdAt,
  Modified_Time: ({ modifiedAt }) => modifiedAt,
  Created_By: ({ createdBy }) => createdBy,
  Modified_By: ({ modifiedBy }) => modifiedBy,
  Locked__s: ({ state }) => state === 'locked',
};

/** A reader that has looked up once what does not depend on the record. A tick box is never empty. */
export function fieldReader({ apiName, dataType }: FieldDefinition): FieldReader {
  const own = besideValues[apiName];
  if (own !== undefined) return own;
  if (dataType === 'boolean') return ({ values }) => values[apiName] ?? false;
  return ({ values }) => values[apiName] ?? null;
}
