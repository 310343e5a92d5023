import { canonicalValue } from '../../src/connector/canonical-value.ts';
import type { WrittenField } from '../../src/connector/connector.ts';
import type { FieldKey, FieldValue, FieldValues } from '../../src/domain/field.ts';
import { fieldKinds } from '../../src/domain/field-kinds.ts';
import { labelsOf, markerKey } from './field-labels.ts';
import { matcher } from './field-match.ts';
import type { WireField } from './wire-fields.ts';

/** A value as Zoho's JSON takes it; `null` empties the field. */
export type WireValue = string | number | null;

/** The Zoho fields behind the results that are written, as they are called today. */
export type OwnFields = {
  /** API names of those that are there, without the marker. */
  readonly names: readonly string[];
  readonly apiName: (key: FieldKey) => string | null;
  /** API name of the field that holds the marker of the run that wrote the record last. */
  readonly marker: string | null;
  /** What a record holds in our fields, in canonical text; JSON values and those of a CSV alike. */
  readonly held: (values: Readonly<Record<string, unknown>>) => FieldValues;
  readonly toWire: (key: FieldKey, value: FieldValue) => WireValue;
  /** Not in the org, or hidden from the token's user. */
  readonly missing: readonly FieldKey[];
  readonly byKey: ReadonlyMap<FieldKey, WireField>;
  readonly markerField: WireField | null;
};

type OwnFieldsInput = {
  readonly prefix: string;
  readonly written: readonly WrittenField[];
  /** By key; the marker's by `markerKey`. */
  readonly ids: ReadonlyMap<string, string>;
  /** The module's fields today. */
  readonly fields: readonly WireField[];
};

/** Ours as `field-match.ts` tells them: an admin may rename a field and its API name (facts §6). */
export function ownFields({ prefix, written, ids, fields }: OwnFieldsInput): OwnFields {
  const labels = labelsOf(prefix, written);
  const match = matcher({ fields, ids, labels });
  const find = (key: FieldKey | typeof markerKey) => {
    const found = match(key);
    return found.kind === 'ours' ? found.field : null;
  };
  const byKey = new Map<FieldKey, WireField>();
  for (const { key } of written) {
    const field = find(key);
    if (field !== null) byKey.set(key, field);
  }
  const markerField = find(markerKey);
  return {
    ...{ byKey, markerField },
    names: [...byKey.values()].map(({ api_name }) => api_name),
    apiName: (key) => byKey.get(key)?.api_name ?? null,
    marker: markerField?.api_name ?? null,
    held: (values) => heldIn(values, byKey),
    toWire,
    missing: written.map(({ key }) => key).filter((key) => !byKey.has(key)),
  };
}

function heldIn(
  values: Readonly<Record<string, unknown>>,
  byKey: ReadonlyMap<FieldKey, WireField>,
): FieldValues {
  const filled = [...byKey].flatMap(([key, field]) => {
    const value = canonicalValue(fieldKinds[key], textOf(values[field.api_name], field));
    return value === null ? [] : [[key, value] as const];
  });
  return Object.fromEntries(filled);
}

/** What an empty picklist shows in some answers. */
const noChoice = '-None-';

function textOf(raw: unknown, { pick_list_values }: WireField): string | null {
  if (typeof raw === 'number') return String(raw);
  if (typeof raw !== 'string' || raw === noChoice) return null;
  const options = pick_list_values ?? [];
  if (options.length === 0 || options.some(({ actual_value }) => actual_value === raw)) return raw;
  return options.find(({ display_value }) => display_value === raw)?.actual_value ?? raw;
}

function toWire(key: FieldKey, value: FieldValue): WireValue {
  if (value === null) return null;
  const kind = fieldKinds[key];
  return kind === 'integer' || kind === 'decimal' ? Number(value) : value;
}
