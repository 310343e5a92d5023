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

/** Options that the property lacks, to stand behind those it has. */
export function missingOptions(
  { options = [] }: PropertyDraft,
  definition: WireProperty,
): readonly OptionDraft[] {
  const present = new Set(definition.options.map(({ value }) => value));
  return options
    .filter(({ value }) => !present.has(value))
    .map((option, index) => ({ ...option, displayOrder: present.size + index }));
}
