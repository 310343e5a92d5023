import type { FieldDefinition } from './field.ts';
import { type FieldReader, fieldReader } from './field-reader.ts';
import { isModuleName, type ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import type { StoredRecord, StoredValue } from './record.ts';

/**
 * Reads one field of a module's records, worked out ones among them. What depends on the field alone
 * is looked up once: readers are asked for millions of values.
 */
export function valueReader(org: Org, module: ModuleName, field: FieldDefinition): FieldReader {
  const worked = workedOut(org, module)[field.apiName];
  if (worked !== undefined && !field.isCustom) return worked;
  const read = fieldReader(field);
  const { lookup } = field;
  if (lookup === null || !isModuleName(lookup)) return read;
  // Who points to a deleted record points to nothing until it is restored.
  const target = org.records[lookup];
  return (record) => {
    const id = read(record);
    return typeof id === 'string' && target.get(id) !== undefined ? id : null;
  };
}

/** One value, by api name; `null` for a field that is not there. */
export function storedValue(
  org: Org,
  module: ModuleName,
  record: StoredRecord,
  apiName: string,
): StoredValue {
  const field = org.schema.field(module, apiName);
  return field === undefined ? null : valueReader(org, module, field)(record);
}

/** What people call the record: shown beside its id wherever it is looked up. */
export function nameOf(module: ModuleName, { values }: StoredRecord): string {
  if (module === 'Leads' || module === 'Contacts')
    return [values['First_Name'], values['Last_Name']].filter(Boolean).join(' ');
  const field = {
    Accounts: 'Account_Name',
    Deals: 'Deal_Name',
    Campaigns: 'Campaign_Name',
  } as const;
  return String(values[field[module]] ?? '');
}

/** A lead that was made a contact; hidden unless asked for (facts §9). */
export function isConverted({ values }: StoredRecord): boolean {
  return values['Converted__s'] === true;
}

/** Percent: the record's own, or its stage's. */
function probabilityOf(org: Org, { values }: StoredRecord): number | null {
  const own = values['Probability'];
  if (typeof own === 'number') return own;
  return org.pipelines.stage(String(values['Stage'] ?? ''))?.probability ?? null;
}

function expectedRevenue(org: Org, record: StoredRecord): number | null {
  const amount = record.values['Amount'];
  const probability = probabilityOf(org, record);
  if (typeof amount !== 'number' || probability === null) return null;
  return Math.round(amount * probability) / 100;
}

function workedOut(org: Org, module: ModuleName): Readonly<Record<string, FieldReader>> {
  const everywhere: Readonly<Record<string, FieldReader>> = {
    Owner: ({ values, createdBy }) => values['Owner'] ?? createdBy,
    Tag: ({ tags }) => tags,
    Record_Status__s: () => 'Available',
    Change_Log_Time__s: ({ modifiedAt }) => modifiedAt,
  };
  if (module === 'Leads' || module === 'Contacts')
    return { ...everywhere, Full_Name: (record) => nameOf(module, record) || null };
  if (module !== 'Deals') return everywhere;
  return {
    ...everywhere,
    Probability: (record) => probabilityOf(org, record),
    Expected_Revenue: (record) => expectedRevenue(org, record),
  };
}
