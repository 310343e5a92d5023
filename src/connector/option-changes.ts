import type { FieldKey, FieldOption } from '../domain/field.ts';
import type { KnownOptions } from './provision.ts';

/** A choice field of ours as it is to be. */
export type WantedChoice = {
  readonly key: FieldKey;
  readonly options: readonly FieldOption[];
  /** Values that are no more; others that the policy does not name are somebody's own. */
  readonly retired: readonly string[];
};

/** What is to be done about a choice field's options, besides adding those it lacks. */
export type OptionChanges = {
  /** New label by value: of those that bear one which we gave. */
  readonly relabelled: ReadonlyMap<string, string>;
  /** Retired, but somebody still has it. */
  readonly outgoing: ReadonlySet<string>;
  /** Retired, and nobody has it any more. */
  readonly removed: ReadonlySet<string>;
};

/**
 * Compares a choice field with what is wanted. What people renamed in the CRM keeps their name, and
 * what they added stays. A retired value that customers hold is left until they hold another.
 */
export function optionChanges(
  { key, options, retired }: WantedChoice,
  present: readonly FieldOption[],
  known: KnownOptions,
): OptionChanges {
  const labels = new Map(options.map(({ value, label }) => [value, label]));
  const shown = new Set(present.map(({ label }) => label));
  const relabelled = new Map<string, string>();
  for (const { value, label } of present) {
    const wanted = labels.get(value);
    if (wanted === undefined || wanted === label || label === spelt(wanted, value)) continue;
    if (!known.given(key, value).some((one) => label === one || label === spelt(one, value)))
      continue;
    relabelled.set(value, shown.has(wanted) ? spelt(wanted, value) : wanted);
    shown.add(wanted);
  }
  const gone = present.map(({ value }) => value).filter((value) => retired.includes(value));
  const isHeld = (value: string) => known.isHeld(key, value);
  return {
    relabelled,
    outgoing: new Set(gone.filter(isHeld)),
    removed: new Set(gone.filter((value) => !isHeld(value))),
  };
}

/** Where two options would be shown alike. */
export function spelt(label: string, value: string): string {
  return `${label} (${value})`;
}

/** What was done, in words; empty for nothing. */
export function optionsText(
  added: readonly string[],
  { relabelled, removed }: Pick<OptionChanges, 'relabelled' | 'removed'>,
  hidden: readonly string[] = [],
): string {
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['added', added],
    ['renamed', [...relabelled.values()]],
    ['retired, hidden until no customer has them', hidden],
    ['removed', [...removed]],
  ];
  return parts
    .filter(([, names]) => names.length > 0)
    .map(([what, names]) => `${what}: ${names.join(', ')}`)
    .join('; ');
}
