import { validationError } from './errors.ts';
import { parseInstant } from './instant.ts';
import type { PropertyDefinition } from './property-definition.ts';

/** How values of one property compare: negative, 0 or positive, stored value against the bound. */
export type Order = (stored: string) => number;

const ISO_LENGTH = 24;

/** Compares stored values with one value of a filter; 400 when that value cannot be of the type. */
export function orderAgainst(definition: PropertyDefinition, value: string): Order {
  switch (definition.type) {
    case 'number':
      return numberOrder(numberOf(definition, value));
    case 'date':
    case 'datetime':
      return instantOrder(instantOf(definition, value));
    case 'enumeration':
      return (stored) => textOrder(stored, value);
    default:
      return caselessOrder(value);
  }
}

function numberOrder(bound: number): Order {
  return (stored) => Number(stored) - bound;
}

// Nearly every stored instant is in the one ISO form, whose texts sort as the instants do; parsing
// each of a million would take a hundred times longer.
function instantOrder(bound: number): Order {
  const iso = new Date(bound).toISOString();
  return (stored) =>
    stored.length === ISO_LENGTH && iso.length === ISO_LENGTH
      ? textOrder(stored, iso)
      : (parseInstant(stored) ?? Number.NaN) - bound;
}

function caselessOrder(bound: string): Order {
  const lower = bound.toLowerCase();
  return (stored) => textOrder(stored.toLowerCase(), lower);
}

function textOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A filter's value as a number, or a 400. */
export function numberOf({ name }: PropertyDefinition, value: string): number {
  const number = Number(value);
  if (value.trim() !== '' && Number.isFinite(number)) return number;
  throw validationError(`${value} is not a number, as a filter on ${name} needs.`);
}

/** A filter's value as epoch milliseconds, or a 400. Takes milliseconds and ISO-8601. */
export function instantOf({ name }: PropertyDefinition, value: string): number {
  const at = parseInstant(value) ?? Number.NaN;
  if (!Number.isNaN(new Date(at).getTime())) return at;
  throw validationError(`${value} is not a date, as a filter on ${name} needs.`);
}
