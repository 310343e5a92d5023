import { assertNever } from '../../../src/lib/assert-never.ts';
import type { FieldDefinition } from '../field.ts';
import type { Operator } from './query.ts';

/** How the values of a field are compared; `none`: they cannot be filtered by (facts §4.2). */
export type ValueKind =
  | 'id'
  | 'instant'
  | 'day'
  | 'number'
  | 'boolean'
  | 'lookup'
  | 'text'
  | 'none';

const equality = ['=', '!=', 'in', 'not in'] as const;
const order = ['>', '>=', '<', '<=', 'between', 'not between'] as const;
const emptiness = ['is null', 'is not null'] as const;

/** The operators each kind takes; an id and a tick box are never empty. */
const allowed: Readonly<Record<ValueKind, readonly Operator[]>> = {
  id: [...equality, ...order],
  instant: [...equality, ...order, ...emptiness],
  day: [...equality, ...order, ...emptiness],
  number: [...equality, ...order, ...emptiness],
  boolean: ['=', '!='],
  lookup: [...equality, ...emptiness],
  text: [...equality, 'like', 'not like', ...emptiness],
  none: [],
};

export function takesOperator(kind: ValueKind, operator: Operator): boolean {
  return allowed[kind].includes(operator);
}

export function valueKind({ apiName, dataType, isCustom }: FieldDefinition): ValueKind {
  if (apiName === 'id') return 'id';
  if (apiName === 'Tag' && !isCustom) return 'none';
  switch (dataType) {
    case 'datetime':
      return 'instant';
    case 'date':
      return 'day';
    case 'integer':
    case 'bigint':
    case 'double':
    case 'currency':
    case 'percent':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'lookup':
    case 'ownerlookup':
    case 'userlookup':
      return 'lookup';
    case 'text':
    case 'email':
    case 'phone':
    case 'website':
    case 'picklist':
    case 'autonumber':
      return 'text';
    case 'textarea':
    case 'multiselectpicklist':
    case 'profileimage':
    case 'formula':
      return 'none';
    default:
      return assertNever(dataType);
  }
}
