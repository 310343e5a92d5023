import { assertNever } from '../../src/lib/assert-never.ts';
import { validationError } from './errors.ts';
import { parseInstant } from './instant.ts';
import type { ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import type { PropertyDefinition } from './property-definition.ts';
import { propertyReader } from './property-reader.ts';
import type { StoredRecord } from './record.ts';
import { objectTypeOf, parseRecordId } from './record-lookup.ts';
import type { SearchFilter } from './search-request.ts';
import { instantOf, numberOf, orderAgainst } from './search-values.ts';
import { tokenTest } from './text-tokens.ts';

export type Predicate = (record: StoredRecord) => boolean;
type ValueTest = (stored: string) => boolean;

const ASSOCIATIONS = 'associations.';

/** Turns one filter into a test of a record, doing once whatever does not depend on the record. */
export function compileFilter(portal: Portal, type: ObjectType, filter: SearchFilter): Predicate {
  const { propertyName: name, operator } = filter;
  if (name.startsWith(ASSOCIATIONS)) return compileAssociation(portal, type, filter);
  const definition = portal.schema.definition(type, name);
  const read = propertyReader(portal, type, name);
  if (definition === undefined || read === undefined)
    throw validationError(`Property ${name} does not exist.`, [
      { message: name, code: 'PROPERTY_DOESNT_EXIST', context: { propertyName: [name] } },
    ]);
  // The property is there and readable, but search of contacts finds nothing by it (README 13).
  if (type === 'contacts' && name === 'hs_lastmodifieddate') return () => false;
  if (operator === 'HAS_PROPERTY') return (record) => read(record) !== undefined;
  if (operator === 'NOT_HAS_PROPERTY') return (record) => read(record) === undefined;
  const test = compileTest(definition, filter, operator);
  // Without a value no comparison holds, not even a negative one (README C16).
  return (record) => {
    const stored = read(record);
    return stored !== undefined && test(stored);
  };
}

type Comparison = Exclude<SearchFilter['operator'], 'HAS_PROPERTY' | 'NOT_HAS_PROPERTY'>;

function compileTest(
  definition: PropertyDefinition,
  filter: SearchFilter,
  operator: Comparison,
): ValueTest {
  const order = () => orderAgainst(definition, needed(filter, 'value'));
  switch (operator) {
    case 'EQ':
      return equality(definition, needed(filter, 'value'));
    case 'NEQ':
      return not(equality(definition, needed(filter, 'value')));
    case 'LT':
      return bounded(order(), (sign) => sign < 0);
    case 'LTE':
      return bounded(order(), (sign) => sign <= 0);
    case 'GT':
      return bounded(order(), (sign) => sign > 0);
    case 'GTE':
      return bounded(order(), (sign) => sign >= 0);
    case 'BETWEEN':
      return between(definition, filter);
    case 'IN':
      return oneOf(definition, neededValues(filter));
    case 'NOT_IN':
      return not(oneOf(definition, neededValues(filter)));
    case 'CONTAINS_TOKEN':
      return tokenTest(needed(filter, 'value'));
    case 'NOT_CONTAINS_TOKEN':
      return not(tokenTest(needed(filter, 'value')));
    default:
      return assertNever(operator);
  }
}

function bounded(order: (stored: string) => number, holds: (sign: number) => boolean): ValueTest {
  return (stored) => holds(order(stored));
}

function between(definition: PropertyDefinition, filter: SearchFilter): ValueTest {
  const low = orderAgainst(definition, needed(filter, 'value'));
  const high = orderAgainst(definition, needed(filter, 'highValue'));
  return (stored) => low(stored) >= 0 && high(stored) <= 0;
}

// Of a multi-checkbox, one ticked option is enough.
function equality(definition: PropertyDefinition, value: string): ValueTest {
  const order = orderAgainst(definition, value);
  if (definition.fieldType !== 'checkbox') return (stored) => order(stored) === 0;
  return (stored) => order(stored) === 0 || stored.split(';').includes(value);
}

/**
 * Strings are kept in lower case in the index and the values of an IN are not folded, so that one
 * capital letter in them finds nothing (README 12). Enumerations are exact.
 */
function oneOf(definition: PropertyDefinition, values: readonly string[]): ValueTest {
  switch (definition.type) {
    case 'number': {
      const wanted = new Set(values.map((value) => numberOf(definition, value)));
      return (stored) => wanted.has(Number(stored));
    }
    case 'date':
    case 'datetime': {
      const wanted = new Set<number | undefined>(
        values.map((value) => instantOf(definition, value)),
      );
      return (stored) => wanted.has(parseInstant(stored));
    }
    case 'enumeration': {
      const wanted = new Set(values);
      return definition.fieldType === 'checkbox'
        ? (stored) => stored.split(';').some((option) => wanted.has(option))
        : (stored) => wanted.has(stored);
    }
    default: {
      const wanted = new Set(values);
      return (stored) => wanted.has(stored.toLowerCase());
    }
  }
}

/** `associations.contact` and the like: the records linked to the given ids (README 12). */
function compileAssociation(portal: Portal, type: ObjectType, filter: SearchFilter): Predicate {
  const other = objectTypeOf(filter.propertyName.slice(ASSOCIATIONS.length));
  const targets = (id: number) => portal.associations.targets({ type, id }, other);
  const linked = (ids: readonly string[]) =>
    new Set(
      ids
        .map(parseRecordId)
        .filter((id) => id !== undefined)
        .flatMap((id) => portal.associations.targets({ type: other, id }, type)),
    );
  switch (filter.operator) {
    case 'HAS_PROPERTY':
      return ({ id }) => targets(id).length > 0;
    case 'NOT_HAS_PROPERTY':
      return ({ id }) => targets(id).length === 0;
    case 'EQ':
    case 'IN': {
      const found = linked(
        filter.operator === 'EQ' ? [needed(filter, 'value')] : neededValues(filter),
      );
      return ({ id }) => found.has(id);
    }
    case 'NEQ':
    case 'NOT_IN': {
      const found = linked(
        filter.operator === 'NEQ' ? [needed(filter, 'value')] : neededValues(filter),
      );
      return ({ id }) => !found.has(id);
    }
    default:
      throw validationError(`${filter.operator} cannot be used with ${filter.propertyName}.`);
  }
}

function not(test: ValueTest): ValueTest {
  return (stored) => !test(stored);
}

function needed(filter: SearchFilter, field: 'value' | 'highValue'): string {
  const value = filter[field];
  if (value !== undefined) return value;
  throw validationError(`${filter.operator} on ${filter.propertyName} needs a ${field}.`);
}

function neededValues({ operator, propertyName, values = [] }: SearchFilter): readonly string[] {
  if (values.length > 0) return values;
  throw validationError(`${operator} on ${propertyName} needs values.`);
}
