import { z } from 'zod';
import { type ApiError, validationError } from './errors.ts';
import type { PropertyDefinition } from './property-definition.ts';

/** Why one value of a write is refused, as it stands in the 400 (README 9). */
export interface PropertyProblem {
  readonly name: string;
  readonly code: PropertyProblemCode;
  readonly message: string;
}

/**
 * PROPERTY_DOESNT_EXIST, READ_ONLY_VALUE and INVALID_OPTION are HubSpot's; the others are named
 * after what its messages say (README C13).
 */
const propertyProblemCodes = [
  'PROPERTY_DOESNT_EXIST',
  'READ_ONLY_VALUE',
  'INVALID_OPTION',
  'INVALID_INTEGER',
  'INVALID_DATE',
  'INVALID_EMAIL',
  'INVALID_STRING_LENGTH',
] as const;
type PropertyProblemCode = (typeof propertyProblemCodes)[number];

/** String values end here (README 9). */
const maxStringLength = 65_536;
const dayMs = 86_400_000;
const email = z.email();

/** What is wrong with a value of this property, if anything; the empty string clears and is right. */
export function valueProblem(
  definition: PropertyDefinition,
  value: string,
  options: ReadonlySet<string> | undefined,
): PropertyProblem | undefined {
  if (value === '') return undefined;
  const { name, type } = definition;
  const refuse = (code: PropertyProblemCode, message: string) => ({ name, code, message });
  if (options !== undefined) {
    const unknown = valuesOf(definition, value).find((part) => !options.has(part));
    if (unknown === undefined) return undefined;
    const allowed = `[${[...options].slice(0, 20).join(', ')}]`;
    return refuse('INVALID_OPTION', `${unknown} was not one of the allowed options: ${allowed}`);
  }
  if (type === 'number' && !isNumber(value)) {
    return refuse('INVALID_INTEGER', `${value} was not a valid number.`);
  }
  if (type === 'datetime' && instantOf(value) === undefined) {
    return refuse('INVALID_DATE', `${value} was not a valid date.`);
  }
  if (type === 'date' && !isMidnight(value)) {
    return refuse('INVALID_DATE', `${value} is not at midnight UTC.`);
  }
  if (name === 'email' && !email.safeParse(value).success) {
    return refuse('INVALID_EMAIL', `Email address ${value} is invalid`);
  }
  if (value.length > maxStringLength) {
    return refuse('INVALID_STRING_LENGTH', `Value is longer than ${maxStringLength} characters.`);
  }
  return undefined;
}

/**
 * The value as HubSpot keeps it: dates as `YYYY-MM-DD`, instants as ISO-8601, a leading `;` on a
 * multi-checkbox appended to what was there, e-mail in lower case (README 9).
 */
export function storedValue(
  definition: PropertyDefinition,
  value: string,
  previous: string | null,
): string {
  if (value === '') return value;
  if (definition.type === 'date') return isoOf(value).slice(0, 10);
  if (definition.type === 'datetime') return isoOf(value);
  if (definition.name === 'email') return value.toLowerCase();
  if (definition.fieldType === 'checkbox' && value.startsWith(';')) {
    return [...new Set([...(previous ?? '').split(';'), ...value.split(';')])]
      .filter((part) => part !== '')
      .join(';');
  }
  return value;
}

/** The 400 that HubSpot answers to refused values; the message embeds them as JSON (README 9). */
export function propertyError(problems: readonly PropertyProblem[]): ApiError {
  const embedded = problems.map(({ name, code, message }) => ({
    isValid: false,
    message,
    error: code,
    name,
    localizedErrorMessage: message,
  }));
  return validationError(
    `Property values were not valid: ${JSON.stringify(embedded)}`,
    problems.map(({ name, code, message }) => ({
      message,
      code,
      context: { propertyName: [name] },
    })),
  );
}

function valuesOf(definition: PropertyDefinition, value: string): readonly string[] {
  if (definition.fieldType !== 'checkbox') return [value];
  return value.split(';').filter((part) => part !== '');
}

function isNumber(value: string): boolean {
  return value.trim() !== '' && Number.isFinite(Number(value));
}

function isMidnight(value: string): boolean {
  const at = instantOf(value);
  return at !== undefined && at % dayMs === 0;
}

// Epoch milliseconds as text, or ISO-8601: HubSpot's own examples show both (README 9).
function instantOf(value: string): number | undefined {
  const at = /^-?\d{9,}$/.test(value) ? Number(value) : Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}

function isoOf(value: string): string {
  const at = instantOf(value);
  return at === undefined ? value : new Date(at).toISOString();
}
