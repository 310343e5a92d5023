import { withoutUndefined } from '../kit/without-undefined.ts';
import {
  optionInput,
  type PropertyCreate,
  type PropertyDefinition,
  type PropertyOption,
} from './property-definition.ts';
import type { StandardProperty } from './standard-properties.ts';

/** A custom property as it stands right after its creation. */
export function newDefinition(wanted: PropertyCreate, now: string): PropertyDefinition {
  const { options = [], ...given } = wanted;
  const calculated = wanted.fieldType === 'calculation_equation';
  return {
    description: '',
    displayOrder: -1,
    hidden: false,
    formField: false,
    hasUniqueValue: false,
    externalOptions: false,
    dataSensitivity: 'non_sensitive',
    ...withoutUndefined(given),
    name: wanted.name,
    label: wanted.label,
    groupName: wanted.groupName,
    type: wanted.type,
    fieldType: wanted.fieldType,
    options: options.map((option) => optionInput.parse(option)),
    calculated,
    hubspotDefined: false,
    archived: false,
    createdAt: now,
    updatedAt: now,
    modificationMetadata: {
      archivable: true,
      readOnlyDefinition: false,
      readOnlyValue: calculated,
    },
  };
}

/** A property HubSpot made: its definition is closed, and its value too when HubSpot computes it. */
export function standardDefinition(
  property: StandardProperty,
  groupName: string,
  now: string,
): PropertyDefinition {
  const { name, label, type, fieldType } = property;
  const readOnlyValue = property.readOnly ?? false;
  const made = newDefinition({ name, label, type, fieldType, groupName }, now);
  return {
    ...made,
    options: (property.options ?? []).map(standardOption),
    hasUniqueValue: property.unique ?? false,
    externalOptions: property.external ?? false,
    hubspotDefined: true,
    calculated: readOnlyValue,
    modificationMetadata: { archivable: false, readOnlyDefinition: true, readOnlyValue },
  };
}

function standardOption(value: string, displayOrder: number): PropertyOption {
  return { label: value, value, displayOrder, hidden: false };
}
