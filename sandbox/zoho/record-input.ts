import type { FieldDefinition } from './field.ts';
import type { ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import type { StoredValue, StoredValues } from './record.ts';
import type { RecordPlace } from './record-place.ts';
import { tagIds } from './tag-input.ts';
import { checkValue } from './value-check.ts';

/** One record of a body. */
export type RecordInput = Readonly<Record<string, unknown>>;

/** What a record's input says to write. */
export interface ParsedInput {
  readonly values: StoredValues;
  /** Absent unless the input names tags. */
  readonly tags?: readonly string[];
}

/** Keys that are no fields: the record's own id, and what Zoho adds to answers. */
function isAside(key: string): boolean {
  return key === 'id' || key.startsWith('$');
}

/** Reads the fields of one record of a body; throws what Zoho says of the first bad one. */
export function parseRecordInput(
  org: Org,
  module: ModuleName,
  input: RecordInput,
  at: RecordPlace,
): ParsedInput {
  const values: Record<string, StoredValue> = {};
  for (const [apiName, value] of Object.entries(input)) {
    if (isAside(apiName) || apiName === 'Tag') continue;
    const field = writableField(org, module, apiName, at);
    if (field !== undefined) values[apiName] = checked(org, field, value, at);
  }
  if (!('Tag' in input)) return { values };
  return { values, tags: tagIds(org, module, input['Tag'], at) };
}

/** Zoho passes over fields that are not there, and hidden ones are not there (facts §9). */
function writableField(org: Org, module: ModuleName, apiName: string, at: RecordPlace) {
  const field = org.schema.field(module, apiName);
  if (field === undefined || field.isHidden) {
    if (org.options.unknownField === 'refuse') throw at.invalid(apiName);
    return undefined;
  }
  if (field.isReadOnly) throw at.invalid(apiName);
  return field;
}

function checked(org: Org, field: FieldDefinition, value: unknown, at: RecordPlace): StoredValue {
  const result = checkValue(org, field, value);
  if (!result.ok) throw at.invalid(field.apiName, result.details, result.message);
  if (result.value === null && field.isMandatory) throw at.missing(field.apiName);
  return result.value;
}
