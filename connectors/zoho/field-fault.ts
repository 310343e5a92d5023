import { AssayError } from '../../src/domain/assay-error.ts';
import type { Change } from '../../src/domain/change.ts';
import type { FieldKey } from '../../src/domain/field.ts';
import { fieldTypes } from './field-types.ts';
import type { OwnFields } from './own-fields.ts';
import { isWritable, type WireField } from './wire-fields.ts';

/**
 * Why a field of ours cannot take what we write, whichever the record: it is gone or hidden, has
 * another type or lacks a value. `null`: the fields are as they should be.
 */
export function diagnose(
  own: OwnFields,
  { fields }: Change,
  byName: ReadonlyMap<string, WireField>,
): AssayError | null {
  for (const { key, to } of fields) {
    const name = own.apiName(key);
    const definition = name === null ? undefined : byName.get(name);
    if (definition === undefined) return fieldMissing(name ?? key);
    const fault = faultOf(key, to, definition);
    if (fault !== null) return fault;
  }
  return null;
}

function faultOf(key: FieldKey, to: string | null, definition: WireField): AssayError | null {
  const { api_name: name, data_type: type } = definition;
  if (!isWritable(definition)) return notWritable(name);
  if (!fieldTypes(key).includes(type)) return fieldRetyped(name, type);
  const values = (definition.pick_list_values ?? []).map(({ actual_value }) => actual_value);
  if (type === 'picklist' && to !== null && !values.includes(to)) return optionMissing(name, to);
  return null;
}

function fieldMissing(name: string): AssayError {
  return new AssayError(
    'FIELD_MISSING',
    'pause-connection',
    `The field ${name} is not in the org, or hidden from the token’s user`,
    'Run `assay provision`, or show the field to the user’s profile in Zoho, then run again.',
  );
}

function notWritable(name: string): AssayError {
  return new AssayError(
    'FIELD_MISSING',
    'pause-connection',
    `The field ${name} is read-only for the token’s user`,
    'Let the user’s profile edit the field (Setup, Security Control, Profiles), then run again.',
  );
}

function fieldRetyped(name: string, type: string): AssayError {
  return new AssayError(
    'FIELD_RETYPED',
    'pause-connection',
    `The field ${name} has the type ${type}, which does not take what we write`,
    'Delete it in Zoho and run `assay provision`, which makes it anew.',
  );
}

function optionMissing(name: string, value: string): AssayError {
  return new AssayError(
    'FIELD_OPTION_MISSING',
    'pause-connection',
    `The picklist ${name} has no value ${JSON.stringify(value)}`,
    'Run `assay provision`: it adds what is missing.',
  );
}
