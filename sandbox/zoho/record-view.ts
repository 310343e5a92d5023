import type { FieldDefinition } from './field.ts';
import { instantText } from './instant.ts';
import { isModuleName, type ModuleName } from './module-names.ts';
import type { Org } from './org.ts';
import type { StoredRecord, StoredValue } from './record.ts';
import { nameOf, valueReader } from './record-values.ts';

/** A record as JSON answers show it. */
export type RecordView = Readonly<Record<string, unknown>>;

/**
 * One record with these fields, in their order and after its id. Fields that are not there or that
 * the token's user may not see are left out (facts §9); empty ones are `null`.
 */
export function viewOf(
  org: Org,
  module: ModuleName,
  record: StoredRecord,
  apiNames: readonly string[],
): RecordView {
  return viewer(org, module, apiNames)(record);
}

/** {@link viewOf} for many records: fields are looked up once. */
export function viewer(
  org: Org,
  module: ModuleName,
  apiNames: readonly string[],
): (record: StoredRecord) => RecordView {
  const columns = apiNames.flatMap((apiName) => {
    const field = visibleField(org, module, apiName);
    if (field === undefined || apiName === 'id') return [];
    const read = valueReader(org, module, field);
    const show = shower(org, field);
    return [{ apiName, cell: (record: StoredRecord) => show(read(record)) }];
  });
  return (record) => {
    const view: Record<string, unknown> = { id: record.id };
    for (const { apiName, cell } of columns) view[apiName] = cell(record);
    return view;
  };
}

/** Every field that the token's user may see. */
export function visibleNames(org: Org, module: ModuleName): readonly string[] {
  return org.schema.visible(module).map(({ apiName }) => apiName);
}

/**
 * Reads one field of many records as CSV has it: lookups as ids, several values joined by `;`,
 * nothing for an empty one.
 */
export function flatReader(
  org: Org,
  module: ModuleName,
  field: FieldDefinition,
): (record: StoredRecord) => string {
  const read = valueReader(org, module, field);
  return (record) => flatText(org, field, read(record));
}

/** Zone whose offset date-times carry: the user's, else the org's. */
export function shownTimeZone({ options }: Org): string {
  return options.userTimeZone ?? options.timeZone;
}

/** A user as `Owner`, `Created_By` and the like show one. */
export function userView(org: Org, id: string): RecordView | null {
  const user = org.users.byId(id);
  return user === undefined ? null : { name: user.name, id, email: user.email };
}

function visibleField(org: Org, module: ModuleName, apiName: string): FieldDefinition | undefined {
  const field = org.schema.field(module, apiName);
  return field === undefined || field.isHidden ? undefined : field;
}

function shower(org: Org, field: FieldDefinition): (value: StoredValue) => unknown {
  const { dataType, lookup, apiName, isCustom } = field;
  if (apiName === 'Tag' && !isCustom) return (value) => tagViews(org, value);
  if (dataType === 'datetime') return (value) => instantOf(org, value);
  if (dataType === 'ownerlookup' || dataType === 'userlookup')
    return (value) => (typeof value === 'string' ? userView(org, value) : null);
  if (lookup === null || !isModuleName(lookup)) return (value) => value;
  return (value) => {
    const target = typeof value === 'string' ? org.records[lookup].get(value) : undefined;
    return target === undefined ? null : { name: nameOf(lookup, target), id: target.id };
  };
}

function tagViews(org: Org, ids: StoredValue): readonly RecordView[] {
  return listOf(ids).flatMap((id) => {
    const tag = org.tags.byId(id);
    return tag === undefined ? [] : [{ name: tag.name, id, color_code: null }];
  });
}

function flatText(org: Org, field: FieldDefinition, value: StoredValue): string {
  if (value === null) return '';
  if (field.dataType === 'datetime') return instantOf(org, value) ?? '';
  if (typeof value !== 'object') return String(value);
  if (field.apiName !== 'Tag' || field.isCustom) return value.join(';');
  return value.flatMap((id) => org.tags.byId(id)?.name ?? []).join(';');
}

function instantOf(org: Org, value: StoredValue): string | null {
  return typeof value === 'number' ? instantText(value, shownTimeZone(org)) : null;
}

function listOf(value: StoredValue): readonly string[] {
  return value !== null && typeof value === 'object' ? value : [];
}
