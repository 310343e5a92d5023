import { canonicalValue } from '../../src/connector/canonical-value.ts';
import { type FieldKey, type FieldValues, fieldKeys } from '../../src/domain/field.ts';
import type { WireProperties } from './wire.ts';

/** The HubSpot properties behind our fields. */
export type OwnFields = {
  readonly nameOf: (key: FieldKey) => string;
  readonly keyOf: (name: string) => FieldKey | undefined;
  /** All of them, without the marker. */
  readonly names: readonly string[];
  /** Holds the marker of the run that wrote the record last. */
  readonly marker: string;
  /** What a record holds in our fields, in canonical text. */
  readonly held: (properties: WireProperties) => FieldValues;
};

/** `prefix` comes from the settings, so that two connections on one portal can stay apart. */
export function ownFields(prefix: string): OwnFields {
  const nameOf = (key: FieldKey) => `${prefix}${key}`;
  const pairs = fieldKeys.map((key) => [key, nameOf(key)] as const);
  const byName = new Map<string, FieldKey>(pairs.map(([key, name]) => [name, key]));
  return {
    nameOf,
    keyOf: (name) => byName.get(name),
    names: pairs.map(([, name]) => name),
    marker: `${prefix}run`,
    held: (properties) => heldOf(pairs, properties),
  };
}

function heldOf(
  pairs: readonly (readonly [FieldKey, string])[],
  properties: WireProperties,
): FieldValues {
  const filled = pairs.flatMap(([key, name]) => {
    const value = canonicalValue(key, properties[name]);
    return value === null ? [] : [[key, value] as const];
  });
  return Object.fromEntries(filled);
}
