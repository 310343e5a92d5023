import type { FieldKey } from '../../src/domain/field.ts';
import { markerKey } from './field-labels.ts';
import { fieldTypes } from './field-types.ts';
import type { WireField } from './wire-fields.ts';

/** What stands for a field of ours in the module. */
export type Match =
  | { readonly kind: 'ours'; readonly field: WireField }
  /** Somebody else's with our label. */
  | { readonly kind: 'stranger'; readonly field: WireField }
  | { readonly kind: 'missing' };

type MatchInput = {
  readonly fields: readonly WireField[];
  /** By key, as `fieldIds` remembers them. */
  readonly ids: ReadonlyMap<string, string>;
  /** By key, the marker's by `markerKey`. */
  readonly labels: ReadonlyMap<string, string>;
};

const pending = 'new:';

/** Remembered before a field is made: should its id be lost on the way, its label is enough. */
export function pendingId(label: string): string {
  return `${pending}${label}`;
}

export function isPending(id: string): boolean {
  return id.startsWith(pending);
}

/**
 * Ours is what has the id we remember, whatever it is called today (facts §6). By label only where
 * no id can tell: one we were about to make, or all of them when nothing at all is remembered (a
 * new store) and the marker's field shows that we have been here.
 */
export function matcher({
  fields,
  ids,
  labels,
}: MatchInput): (key: FieldKey | typeof markerKey) => Match {
  const byId = new Map(fields.map((field) => [field.id, field]));
  const custom = fields.filter(({ custom_field }) => custom_field);
  const byLabel = new Map(custom.map((field) => [field.field_label.toLowerCase(), field]));
  const labelled = (key: string) => byLabel.get((labels.get(key) ?? '').toLowerCase());
  const isForgotten = ids.size === 0 && labelled(markerKey)?.data_type === 'text';
  // Its label may be of another script since; what its first one made of its API name is not.
  const byApiName = new Map(custom.map((field) => [field.api_name, field]));
  const named = (key: string) => byApiName.get((labels.get(key) ?? '').replaceAll(' ', '_'));
  return (key) => {
    const id = ids.get(key);
    const known = byId.get(id ?? '');
    if (known !== undefined) return { kind: 'ours', field: known };
    const field = labelled(key) ?? (isForgotten ? named(key) : undefined);
    if (field === undefined) return { kind: 'missing' };
    const isWanted = id !== undefined && isPending(id);
    if ((isWanted || isForgotten) && typesOf(key).includes(field.data_type))
      return { kind: 'ours', field };
    return { kind: 'stranger', field };
  };
}

function typesOf(key: FieldKey | typeof markerKey): readonly string[] {
  return key === markerKey ? ['text'] : fieldTypes(key);
}
