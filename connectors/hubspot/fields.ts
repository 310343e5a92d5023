import { canonicalValue } from '../../src/connector/canonical-value.ts';
import type { WrittenField } from '../../src/connector/connector.ts';
import { AssayError } from '../../src/domain/assay-error.ts';
import type { FieldKey, FieldValue, FieldValues } from '../../src/domain/field.ts';
import { fieldKinds } from '../../src/domain/field-kinds.ts';
import type { WireProperties } from './wire.ts';

/** The HubSpot properties behind the fields that are written. */
export type OwnFields = {
  /** Begins the names of all that is ours. */
  readonly prefix: string;
  readonly nameOf: (key: FieldKey) => string;
  /** All of them, without the marker. */
  readonly names: readonly string[];
  /** Holds the marker of the run that wrote the record last. */
  readonly marker: string;
  /** A property's text as the canonical value of a field of ours. */
  readonly canonical: (key: FieldKey, raw: string | null | undefined) => FieldValue;
  /** What a record holds in our fields, in canonical text. */
  readonly held: (properties: WireProperties) => FieldValues;
};

/**
 * `prefix` comes from the settings, so that two connections on one portal can stay apart.
 * @throws AssayError `SETTINGS_INVALID` when a field would take the marker's place.
 */
export function ownFields(prefix: string, fields: readonly WrittenField[]): OwnFields {
  const marker = `${prefix}run`;
  const taken = fields.find(({ name }) => `${prefix}${name}` === marker);
  if (taken !== undefined) throw markerTaken(taken, marker);
  const byKey = new Map<FieldKey, WrittenField>(fields.map((field) => [field.key, field]));
  const nameOf = (key: FieldKey) => `${prefix}${byKey.get(key)?.name ?? key}`;
  const canonical = (key: FieldKey, raw: string | null | undefined) =>
    canonicalValue(fieldKinds[key], raw);
  const keys = [...byKey.keys()];
  return {
    ...{ prefix, nameOf, marker, canonical },
    names: keys.map(nameOf),
    held: (properties) => {
      const filled = keys.flatMap((key) => {
        const value = canonical(key, properties[nameOf(key)]);
        return value === null ? [] : [[key, value] as const];
      });
      return Object.fromEntries(filled);
    },
  };
}

function markerTaken({ key }: WrittenField, marker: string): AssayError {
  return new AssayError(
    'SETTINGS_INVALID',
    'refuse-to-start',
    `The result ${key} is to be written to ${marker}, where each run leaves its own mark`,
    'Give it another name under `fields` of the policy.',
  );
}
