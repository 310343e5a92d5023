import { ZohoError } from './errors.ts';
import type { DataType, FieldDefinition } from './field.ts';
import type { FieldLimits } from './field-limits.ts';
import { isReserved } from './field-names.ts';
import type { PickListPatch } from './pick-list.ts';

/** What a new field is to be. */
export interface NewField {
  readonly label: string;
  readonly dataType: DataType;
  /** Characters; default by the type. */
  readonly length?: number;
  readonly pickList?: readonly { readonly actualValue: string; readonly displayValue: string }[];
  readonly isUnique?: boolean;
  /** Module a lookup leads to. */
  readonly lookup?: string;
}

/** What may change of a field. Its type never does (facts §6). */
export interface FieldPatch {
  readonly label?: string;
  /** An admin may rename it in the settings (facts §6). */
  readonly apiName?: string;
  readonly length?: number;
  /** Values to add, or, with the id of one that is there, to rename; others stay. */
  readonly pickList?: readonly PickListPatch[];
}

export const maxLabelLength = 25;
const maxTextLength = 255;
const notCreatable: ReadonlySet<DataType> = new Set(['ownerlookup', 'profileimage', 'formula']);

/** Throws unless the field may be added to these. */
export function checkNewField(
  field: NewField,
  existing: readonly FieldDefinition[],
  limits: FieldLimits,
): void {
  checkLabel(field.label, existing);
  if (notCreatable.has(field.dataType)) throw invalid('data_type');
  if ((field.length ?? 1) > maxTextLength && field.dataType === 'text')
    throw invalid('length', { maximum_length: maxTextLength });
  if (field.dataType.endsWith('picklist')) checkPickList(field.pickList ?? []);
  if (field.dataType === 'lookup' && field.lookup === undefined) throw missing('lookup');
  const custom = existing.filter((each) => each.isCustom);
  if (custom.length >= limits.customFields) throw usedUp(limits.customFields, 'custom_field');
  const unique = custom.filter((each) => each.isUnique);
  if (field.isUnique === true && unique.length >= limits.uniqueFields)
    throw usedUp(limits.uniqueFields, 'unique_field');
}

export function checkLabel(label: string, existing: readonly FieldDefinition[]): void {
  if (label.trim() === '') throw missing('field_label');
  if (label.length > maxLabelLength)
    throw invalid('field_label', { maximum_length: maxLabelLength });
  if (isReserved(label))
    throw new ZohoError(400, 'RESERVED_KEYWORD_NOT_ALLOWED', 'reserved keyword is not allowed', {
      ...path('field_label'),
    });
  const same = existing.some((each) => each.label.toLowerCase() === label.trim().toLowerCase());
  if (same) throw new ZohoError(400, 'DUPLICATE_DATA', 'duplicate data', path('field_label'));
}

function checkPickList(values: readonly { readonly displayValue: string }[]): void {
  if (values.length === 0) throw missing('pick_list_values');
  const shown = new Set(values.map(({ displayValue }) => displayValue));
  if (shown.size < values.length)
    throw new ZohoError(400, 'DUPLICATE_DATA', 'duplicate data', path('pick_list_values'));
}

export function invalid(
  apiName: string,
  details: Readonly<Record<string, unknown>> = {},
): ZohoError {
  return new ZohoError(400, 'INVALID_DATA', 'invalid data', { ...details, ...path(apiName) });
}

function missing(apiName: string): ZohoError {
  const message = 'required field not found';
  return new ZohoError(400, 'MANDATORY_NOT_FOUND', message, path(apiName));
}

function usedUp(limit: number, cause: string): ZohoError {
  return new ZohoError(400, 'LIMIT_EXCEEDED', 'maximum fields limit exceeded', {
    limit,
    limit_due_to: [path(cause)],
  });
}

function path(apiName: string): Readonly<Record<string, string>> {
  return { api_name: apiName, json_path: `$.fields[0].${apiName}` };
}
