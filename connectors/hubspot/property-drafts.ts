import { optionChanges, optionsText } from '../../src/connector/option-changes.ts';
import type { KnownOptions } from '../../src/connector/provision.ts';
import type { FieldSpec } from '../../src/domain/field.ts';
import type { OwnFields } from './fields.ts';
import type { OptionDraft, PropertyDraft } from './property-calls.ts';
import type { WireProperty } from './wire-schema.ts';

export const groupName = 'assay';
export const groupLabel = 'Assay';

/** Ends the description of every property of ours: people may rename and regroup, this stays. */
const ownMark = 'Written by Assay, do not edit.';

const markerText = 'The run that wrote this record last';

/** Whether we made the property: by its mark, or by the group it is in. */
export function isOurs({ description, groupName: group }: WireProperty): boolean {
  return group === groupName || (description ?? '').includes(ownMark);
}

/** Whether it holds a run's marker, this connection's or another's on the same portal. */
export function isMarker(property: WireProperty): boolean {
  return isOurs(property) && (property.description ?? '').includes(markerText);
}

/** A field of ours as a property. */
export function draftOf(own: OwnFields, spec: FieldSpec): PropertyDraft {
  const common = {
    name: own.nameOf(spec.key),
    label: spec.label,
    description: `${spec.description} ${ownMark}`,
    groupName,
  };
  switch (spec.kind) {
    case 'choice':
      return { ...common, type: 'enumeration', fieldType: 'select', options: optionsOf(spec) };
    case 'day':
      return { ...common, type: 'date', fieldType: 'date' };
    case 'text':
      return { ...common, type: 'string', fieldType: 'textarea' };
    default:
      return { ...common, type: 'number', fieldType: 'number' };
  }
}

/** Where each write leaves the run's marker. */
export function markerDraft({ marker }: OwnFields): PropertyDraft {
  return {
    name: marker,
    label: 'Assay run',
    description: `${markerText}; the next one leaves it out. ${ownMark}`,
    groupName,
    type: 'string',
    fieldType: 'text',
  };
}

function optionsOf(spec: Extract<FieldSpec, { kind: 'choice' }>): readonly OptionDraft[] {
  return spec.options.map(({ value, label }, displayOrder) => {
    return { value, label, displayOrder, hidden: false };
  });
}

/** The options of a property as they are to be; `null` where they are so already. */
export function nextOptions(
  spec: FieldSpec,
  definition: WireProperty,
  known: KnownOptions,
): { readonly options: readonly OptionDraft[]; readonly message: string } | null {
  if (spec.kind !== 'choice') return null;
  const { key, options, retired = [] } = spec;
  const changes = optionChanges({ key, options, retired }, definition.options, known);
  const kept = definition.options
    .map(({ label, value, displayOrder, hidden }, order) => ({
      ...{ label: changes.relabelled.get(value) ?? label, value },
      ...{ displayOrder: displayOrder ?? order, hidden: hidden ?? false },
    }))
    .filter(({ value }) => !changes.removed.has(value));
  const hiding = kept.filter(({ value, hidden }) => changes.outgoing.has(value) && !hidden);
  const added = missingOptions({ options: optionsOf(spec) }, definition);
  const labels = hiding.map(({ label }) => label);
  const message = optionsText(
    added.map(({ label }) => label),
    changes,
    labels,
  );
  if (message === '') return null;
  const shown = kept.map((one) =>
    changes.outgoing.has(one.value) ? { ...one, hidden: true } : one,
  );
  return { options: [...shown, ...added], message };
}

/** Options that the property lacks, to stand behind those it has. */
export function missingOptions(
  { options = [] }: Pick<PropertyDraft, 'options'>,
  definition: WireProperty,
): readonly OptionDraft[] {
  const present = new Set(definition.options.map(({ value }) => value));
  return options
    .filter(({ value }) => !present.has(value))
    .map((option, index) => ({ ...option, displayOrder: present.size + index }));
}
