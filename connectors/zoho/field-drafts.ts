import { optionChanges, optionsText } from '../../src/connector/option-changes.ts';
import type { KnownOptions } from '../../src/connector/provision.ts';
import type { FieldKey, FieldSpec } from '../../src/domain/field.ts';
import { labelOf, longestLabel, markerKey } from './field-labels.ts';
import { fieldType, fieldTypes } from './field-types.ts';
import type { WireField } from './wire-fields.ts';

/** A picklist value as Zoho takes it: what people see, and what is stored (facts §6). */
export type PickListValue = {
  readonly id?: string;
  readonly display_value: string;
  readonly actual_value: string;
  /** It goes. */
  readonly _delete?: null;
};

/** A field of ours as it is to be. */
export type FieldDraft = {
  readonly key: FieldKey | typeof markerKey;
  readonly label: string;
  /** What people see in place of the label, where the policy's language has another script. */
  readonly shown: string | null;
  readonly type: string;
  /** Types that do as well. */
  readonly types: readonly string[];
  readonly values: readonly PickListValue[];
  /** Values that are no more. */
  readonly retired: readonly string[];
};

/** The marker first: it shows that we were here, and every write carries it. */
export function draftsOf(prefix: string, specs: readonly FieldSpec[]): readonly FieldDraft[] {
  const label = labelOf(prefix, markerKey);
  const marker = { key: markerKey, label, type: 'text', types: ['text'], shown: null };
  const taken = new Set<string>();
  return [
    { ...marker, values: [], retired: [] },
    ...specs.map((spec) => draftOf(prefix, spec, taken)),
  ];
}

function draftOf(prefix: string, spec: FieldSpec, taken: Set<string>): FieldDraft {
  const { key, name } = spec;
  const shown = shownLabel(prefix, spec);
  const isFree = shown !== null && !taken.has(shown);
  if (isFree) taken.add(shown);
  const values = spec.kind === 'choice' ? distinct(spec.options) : [];
  return {
    ...{ key, label: labelOf(prefix, name), shown: isFree ? shown : null },
    ...{ type: fieldType(key), types: fieldTypes(key), values },
    retired: spec.kind === 'choice' ? (spec.retired ?? []) : [],
  };
}

// An API name comes of the label at creation and keeps Latin letters only (facts §6): a label of
// another script is put in its place afterwards.
function shownLabel(prefix: string, { label }: FieldSpec): string | null {
  if (!/[^\p{Script=Latin}\p{Script=Common}]/u.test(label)) return null;
  return `${prefix}${label}`.slice(0, longestLabel).trim();
}

/** Two values that are shown alike would be refused: the second shows its key too. */
function distinct(
  options: Extract<FieldSpec, { kind: 'choice' }>['options'],
): readonly PickListValue[] {
  const shown = new Set<string>();
  return options.map(({ value, label }) => {
    const display_value = shown.has(label) ? `${label} (${value})` : label;
    shown.add(display_value);
    return { display_value, actual_value: value };
  });
}

/** The values of a picklist as they are to be; `null` where they are so already. */
export function nextValues(
  draft: FieldDraft,
  field: WireField,
  known: KnownOptions,
): {
  readonly values: readonly PickListValue[];
  readonly message: string;
  readonly isLonger: boolean;
} | null {
  const { key, retired } = draft;
  if (key === markerKey) return null;
  const present = field.pick_list_values ?? [];
  const changes = optionChanges(
    { key, retired, options: draft.values.map(asOption) },
    present.map(asOption),
    known,
  );
  const added = missingValues(draft, field);
  const message = optionsText(
    added.map(({ display_value }) => display_value),
    changes,
  );
  if (message === '') return null;
  const kept = present.map(({ id, display_value, actual_value }) => ({
    ...(id !== undefined && { id }),
    ...{ display_value: changes.relabelled.get(actual_value) ?? display_value, actual_value },
    ...(changes.removed.has(actual_value) && { _delete: null }),
  }));
  return { values: [...kept, ...added], message, isLonger: added.length > 0 };
}

function asOption({ actual_value, display_value }: Omit<PickListValue, 'id' | '_delete'>) {
  return { value: actual_value, label: display_value };
}

/** Values that the field lacks. */
export function missingValues(
  { values }: FieldDraft,
  { pick_list_values }: WireField,
): readonly PickListValue[] {
  const present = pick_list_values ?? [];
  const stored = new Set(present.map(({ actual_value }) => actual_value));
  const shown = new Set(present.map(({ display_value }) => display_value));
  return values
    .filter(({ actual_value }) => !stored.has(actual_value))
    .map(({ display_value, actual_value }) => ({
      display_value: shown.has(display_value)
        ? `${display_value} (${actual_value})`
        : display_value,
      actual_value,
    }));
}
