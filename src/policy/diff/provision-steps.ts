import type { FieldSpec } from '../../domain/field.ts';
import { fieldSpecs } from '../fields.ts';
import type { Language } from '../language.ts';
import { listSpecs } from '../lists.ts';
import type { Policy } from '../schema.ts';

/** What the CRM has to be given before the results of a policy can be written. */
export type ProvisionStep = {
  readonly kind: 'field' | 'option' | 'label' | 'list';
  /** Of the field or list. */
  readonly name: string;
  /** Of an option: its value; of a label: what it becomes. */
  readonly value: string | null;
};

/** What `assay provision` would have to do anew after the policy changed. */
export function provisionSteps(
  before: Policy,
  after: Policy,
  language: Language,
): readonly ProvisionStep[] {
  const was = new Map(fieldSpecs(before, language).map((field) => [field.name, field]));
  const lists = new Set(listSpecs(before).map(({ key }) => key));
  return [
    ...fieldSpecs(after, language).flatMap((field) => fieldSteps(was.get(field.name), field)),
    ...listSpecs(after).flatMap(({ key, name }): readonly ProvisionStep[] =>
      lists.has(key) ? [] : [{ kind: 'list', name, value: null }],
    ),
  ];
}

function fieldSteps(was: FieldSpec | undefined, field: FieldSpec): readonly ProvisionStep[] {
  const { name } = field;
  if (was === undefined) return [{ kind: 'field', name, value: null }];
  const known = new Map(optionsOf(was).map(({ value, label }) => [value, label]));
  return optionsOf(field).flatMap(({ value, label }): readonly ProvisionStep[] => {
    const before = known.get(value);
    if (before === undefined) return [{ kind: 'option', name, value }];
    return before === label ? [] : [{ kind: 'label', name, value: label }];
  });
}

function optionsOf(field: FieldSpec) {
  return field.kind === 'choice' ? field.options : [];
}
