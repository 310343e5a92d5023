import { ZohoError } from './errors.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import type { StoredRecord, StoredValues } from './record.ts';
import type { RecordPlace } from './record-place.ts';
import { userView } from './record-view.ts';

/** Throws DUPLICATE_DATA when another record holds a value of a unique field (facts §5.2). */
export function checkUnique(
  org: Org,
  module: ModuleName,
  values: StoredValues,
  ownId: string | null,
  at: RecordPlace,
): void {
  const clashes = Object.entries(values).flatMap(([apiName, value]) => {
    if (value === null || org.schema.field(module, apiName)?.isUnique !== true) return [];
    const others = org.records[module].holding(apiName, value).filter(({ id }) => id !== ownId);
    const [first] = others;
    if (first === undefined) return [];
    return [duplicate(org, module, first, others.length > 1, at.of(apiName))];
  });
  const [first, ...more] = clashes;
  if (first === undefined) return;
  if (more.length === 0) throw first;
  const errors = clashes.map((clash) => clash.render());
  throw new ZohoError(400, 'MULTIPLE_OR_MULTI_ERRORS', 'multiple errors found', { errors });
}

function duplicate(
  org: Org,
  module: ModuleName,
  { id, values, createdBy }: StoredRecord,
  hasMore: boolean,
  place: Readonly<Record<string, string>>,
): ZohoError {
  const Owner = userView(org, String(values['Owner'] ?? createdBy));
  return new ZohoError(400, 'DUPLICATE_DATA', 'duplicate data', {
    ...place,
    id,
    duplicate_record: { id, module: { api_name: module }, Owner },
    more_records: hasMore,
  });
}
