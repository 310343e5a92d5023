import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import type { StoredRecord } from './record.ts';
import type { RecordInput } from './record-input.ts';
import { createRecord, updateRecord, type WriteContext } from './record-writer.ts';
import type { Written } from './write-answer.ts';

/** One record to put in, and the fields by which it may be there already; absent: Zoho's own. */
export interface Upsert {
  readonly input: RecordInput;
  readonly checks: readonly string[] | undefined;
}

interface Match {
  readonly record: StoredRecord;
  readonly field: string;
}

/** The fields Zoho itself looks at, before the unique ones that people made (facts §5.2). */
const systemChecks: Readonly<Record<ModuleName, readonly string[]>> = {
  Leads: ['Email'],
  Contacts: ['Email'],
  Accounts: ['Account_Name'],
  Deals: ['Deal_Name'],
  Campaigns: ['Campaign_Name'],
};

/** Updates the first record that has one of the values, or adds one: that is its danger (facts §5.2). */
export function upsertRecord(
  org: Org,
  module: ModuleName,
  { input, checks }: Upsert,
  context: WriteContext,
): Written {
  const match = findMatch(org, module, input, checks ?? checksOf(org, module));
  if (match === undefined) {
    const outcome = createRecord(org, module, input, context);
    const beside = { action: 'insert', duplicate_field: null };
    return { outcome, message: 'record added', beside };
  }
  return {
    outcome: updateRecord(org, module, match.record.id, input, context),
    message: 'record updated',
    beside: { action: 'update', duplicate_field: match.field },
  };
}

function findMatch(
  org: Org,
  module: ModuleName,
  input: RecordInput,
  checks: readonly string[],
): Match | undefined {
  for (const field of checks) {
    const value = input[field];
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const [record] = org.records[module].holding(field, value);
    if (record !== undefined) return { record, field };
  }
  return undefined;
}

function checksOf(org: Org, module: ModuleName): readonly string[] {
  const unique = org.schema.fields(module).filter((field) => field.isCustom && field.isUnique);
  return [...systemChecks[module], ...unique.map(({ apiName }) => apiName)];
}
