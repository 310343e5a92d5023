import { invalidId, ZohoError } from './errors.ts';
import { type ModuleName, moduleNames } from './module-names.ts';
import type { Org } from './org.ts';
import type { StoredRecord, StoredValue } from './record.ts';
import { RecordPlace } from './record-place.ts';
import { type WriteContext, writableRecord } from './record-writer.ts';

/** Which record stays, and which go into it. */
export interface Merge {
  readonly masterId: string;
  readonly childIds: readonly string[];
  /** Fields whose value the master takes from a child: api name → the child's id. */
  readonly taken: ReadonlyMap<string, string>;
}

/** Children of one merge (facts §9). */
const MOST_CHILDREN = 2;

/**
 * Children vanish into `/deleted` and no pointer from them to the master remains; what looked them up
 * and what they were members of is the master's from now on, and the master is modified (facts §9).
 */
export function mergeRecords(
  org: Org,
  module: ModuleName,
  merge: Merge,
  context: WriteContext,
): StoredRecord {
  const { masterId, childIds } = merge;
  const at = new RecordPlace();
  if (childIds.length === 0) throw at.missing('data');
  if (childIds.length > MOST_CHILDREN) throw tooMany();
  if (childIds.includes(masterId)) throw invalidId();
  const master = writableRecord(org, module, masterId, at);
  const children = childIds.map((id) => writableRecord(org, module, id, at));
  const values = takenValues(children, merge.taken);
  for (const { id } of children) {
    point(org, module, { from: id, to: masterId }, context);
    org.memberships.moveMember(id, masterId);
    const deletion = { type: org.options.mergedChild, deletedAt: context.at };
    org.records[module].delete(id, { ...deletion, deletedBy: context.userId });
  }
  const change = { values, modifiedAt: context.at, modifiedBy: context.userId };
  return org.records[module].change(masterId, change) ?? master;
}

/** Every lookup to the child leads to the master. Whether Modified_Time moves is an option. */
function point(
  org: Org,
  module: ModuleName,
  { from, to }: { readonly from: string; readonly to: string },
  { at, userId }: WriteContext,
): void {
  const touched = org.options.mergeTouchesDeals ? { modifiedAt: at, modifiedBy: userId } : {};
  for (const other of moduleNames) {
    const lookups = org.schema.fields(other).filter(({ lookup }) => lookup === module);
    const names = lookups.map(({ apiName }) => apiName);
    for (const { id, values } of pointing(org, other, names, from)) {
      const pointers = names.filter((name) => values[name] === from).map((name) => [name, to]);
      const changed: Readonly<Record<string, StoredValue>> = Object.fromEntries(pointers);
      org.records[other].change(id, { values: changed, ...touched });
    }
  }
}

function pointing(org: Org, module: ModuleName, names: readonly string[], id: string) {
  return new Set(names.flatMap((name) => org.records[module].holding(name, id)));
}

function takenValues(children: readonly StoredRecord[], taken: Merge['taken']) {
  const values = [...taken].map(([apiName, childId]) => {
    const child = children.find(({ id }) => id === childId);
    if (child === undefined) throw invalidId();
    return [apiName, child.values[apiName] ?? null] as const;
  });
  return Object.fromEntries(values);
}

function tooMany(): ZohoError {
  return new ZohoError(400, 'LIMIT_EXCEEDED', 'the maximum length is exceeded', {
    ...{ maximum_length: MOST_CHILDREN, api_name: 'data', json_path: '$.merge[0].data' },
  });
}
