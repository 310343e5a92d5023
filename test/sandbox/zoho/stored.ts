import type { ModuleName } from '../../../sandbox/zoho/module-names.ts';
import type { Org } from '../../../sandbox/zoho/org.ts';
import type { StoredRecord, StoredValue } from '../../../sandbox/zoho/record.ts';

/** Puts a record straight into the store, past every rule of writing. */
export function addRecord(
  org: Org,
  module: ModuleName,
  values: Readonly<Record<string, StoredValue>>,
  rest: Partial<Omit<StoredRecord, 'values'>> = {},
): StoredRecord {
  const user = org.users.current.id;
  const record: StoredRecord = {
    ...{ id: org.ids.take(), values, createdAt: org.now(), modifiedAt: org.now() },
    ...{ createdBy: user, modifiedBy: user, tags: [], state: 'open' },
    ...rest,
  };
  org.records[module].add(record);
  return record;
}

/** The code and the details of a refusal. */
export function refusal(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'details' in error)
      return { code: error.code, details: error.details };
    throw error;
  }
  return undefined;
}
