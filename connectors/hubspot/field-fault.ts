import { AssayError } from '../../src/domain/assay-error.ts';
import type { Change } from '../../src/domain/change.ts';
import type { OwnFields } from './fields.ts';
import type { WireProperty } from './wire-schema.ts';

/**
 * Why a field of ours cannot take what we write, whichever the record: it is gone, has another type
 * or lacks an option. `null`: the fields are as they should be.
 */
export function diagnose(
  own: OwnFields,
  { fields }: Change,
  definitions: readonly WireProperty[],
): AssayError | null {
  const byName = new Map(definitions.map((each) => [each.name, each]));
  const marker = { name: own.marker, value: '0' };
  const sent = fields.map(({ key, to }) => ({ name: own.nameOf(key), value: to }));
  for (const { name, value } of [...sent, marker]) {
    const definition = byName.get(name);
    if (definition === undefined) return fieldMissing(name);
    if (value === null || accepts(definition, value)) continue;
    return definition.type === 'enumeration' && definition.options.length > 0
      ? optionMissing(name, value)
      : fieldRetyped(name, definition.type, value);
  }
  return null;
}

function accepts({ type, options }: WireProperty, value: string): boolean {
  switch (type) {
    case 'string':
      return true;
    case 'number':
      return value.trim() !== '' && Number.isFinite(Number(value));
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(value);
    case 'enumeration':
      return options.some((option) => option.value === value);
    default:
      return false;
  }
}

function fieldMissing(name: string): AssayError {
  return new AssayError(
    'FIELD_MISSING',
    'pause-connection',
    `The property ${name} is not in the portal`,
    'Run `assay provision`, then run again.',
  );
}

function fieldRetyped(name: string, type: string, value: string): AssayError {
  return new AssayError(
    'FIELD_RETYPED',
    'pause-connection',
    `The property ${name} was changed to the type ${type} and does not take ${JSON.stringify(value)}`,
    'Give it its old type back in HubSpot, or delete it and run `assay provision`.',
  );
}

function optionMissing(name: string, value: string): AssayError {
  return new AssayError(
    'FIELD_OPTION_MISSING',
    'pause-connection',
    `The property ${name} has no option ${JSON.stringify(value)}`,
    'Run `assay provision`: it adds what is missing.',
  );
}
