import type { WrittenField } from '../../src/connector/connector.ts';
import { AssayError } from '../../src/domain/assay-error.ts';

/** Characters that a label may have (facts §1). */
export const longestLabel = 25;
/** Behind the prefix: holds the marker of the run that wrote the record last. */
const markerName = 'run';

/** Of the marker's field; `run` is no field key, so no result can take its place. */
export const markerKey = 'run' as const;

/** The label of a field of ours: `net_amount` becomes `Assay Net Amount`, cut where Zoho cuts. */
export function labelOf(prefix: string, name: string): string {
  const words = name.split(/[_\s]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${prefix}${words.join(' ')}`.slice(0, longestLabel).trim();
}

/**
 * Labels of what is written, by key, and of the marker by `markerKey`.
 * @throws AssayError `SETTINGS_INVALID` when two would have the same one.
 */
export function labelsOf(
  prefix: string,
  fields: readonly WrittenField[],
): ReadonlyMap<string, string> {
  const named = [...fields, { key: markerKey, name: markerName }];
  const labels = new Map<string, string>();
  const takenBy = new Map<string, string>();
  for (const { key, name } of named) {
    const label = labelOf(prefix, name);
    const other = takenBy.get(label.toLowerCase());
    if (other !== undefined) throw labelTaken(label, [other, key]);
    takenBy.set(label.toLowerCase(), key);
    labels.set(key, label);
  }
  return labels;
}

function labelTaken(label: string, keys: readonly string[]): AssayError {
  return new AssayError(
    'SETTINGS_INVALID',
    'refuse-to-start',
    `The results ${keys.join(' and ')} would both have the label “${label}” in Zoho (at most ${longestLabel} characters)`,
    'Set a shorter fieldPrefix, or give one another name under `fields` of the policy.',
  );
}
