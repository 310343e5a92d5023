import { validationError } from './errors.ts';
import { fieldTypesOf, type PropertyDefinition } from './property-definition.ts';

/** A portal may mark at most ten properties of a type as unique (README 18). */
const maxUniqueProperties = 10;
const namePattern = /^[a-z][a-z0-9_]{0,99}$/;

/**
 * Refuses a name that HubSpot would not take. The exact rule is unknown (README C11); HubSpot's
 * own screens only ever make names of this form, so a name that passes here passes there.
 */
export function checkPropertyName(name: string): void {
  if (namePattern.test(name)) return;
  throw validationError(
    `Property name "${name}" is invalid: it must start with a lowercase letter and hold only lowercase letters, digits and underscores, at most 100.`,
  );
}

/** Refuses a definition whose parts contradict each other (README 18). */
export function checkDefinition(definition: PropertyDefinition): void {
  const { name, type, fieldType, options } = definition;
  if (!fieldTypesOf[type].includes(fieldType)) {
    throw validationError(`Invalid fieldType ${fieldType} for property type ${type}.`);
  }
  if (new Set(options.map((option) => option.value)).size < options.length) {
    throw validationError(`Property ${name} has two options of the same value.`);
  }
}

/** Refuses one more custom property when the portal is full (README 18). */
export function checkRoom(
  custom: readonly PropertyDefinition[],
  wantsUnique: boolean,
  maxCustomProperties: number,
): void {
  if (custom.length >= maxCustomProperties) {
    throw validationError(`Custom property limit of ${maxCustomProperties} reached.`);
  }
  const unique = custom.filter((each) => each.hasUniqueValue).length;
  if (wantsUnique && unique >= maxUniqueProperties) {
    throw validationError(`Only ${maxUniqueProperties} unique properties are allowed.`);
  }
}
