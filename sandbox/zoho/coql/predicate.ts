import { assertNever } from '../../../src/lib/assert-never.ts';
import type { StoredRecord, StoredValue } from '../record.ts';
import type { Columns } from './column.ts';
import { invalidOperator, invalidQuery } from './coql-errors.ts';
import { compareValues, type Operand, readOperand } from './operand.ts';
import type { Comparison, Criterion, Operator } from './query.ts';
import { takesOperator, type ValueKind, valueKind } from './value-kind.ts';

export type Predicate = (record: StoredRecord) => boolean;
type Test = (value: StoredValue) => boolean;

/** A comparison whose column and values are checked. */
export interface Checked {
  readonly field: string;
  readonly kind: ValueKind;
  readonly operator: Operator;
  readonly operands: readonly Operand[];
}

/** Checks a comparison against the schema, or refuses it as Zoho does (facts §4.2). */
export function checkComparison(columns: Columns, comparison: Comparison): Checked {
  const { field, operator, values } = comparison;
  const kind = valueKind(columns.find(field).field);
  if (kind === 'none') {
    const details = { column_name: field, operator };
    throw invalidQuery(details, 'unsupported column in criteria');
  }
  if (!takesOperator(kind, operator)) throw invalidOperator(field, operator);
  const operands = values.map((literal) => readOperand(kind, literal, field, operator));
  return { field, kind, operator, operands };
}

/** Turns a criterion into a test of a record, doing once whatever does not depend on the record. */
export function compileCriterion(columns: Columns, criterion: Criterion): Predicate {
  if (criterion.kind === 'comparison')
    return compileChecked(columns, checkComparison(columns, criterion));
  const left = compileCriterion(columns, criterion.left);
  const right = compileCriterion(columns, criterion.right);
  return criterion.kind === 'and'
    ? (record) => left(record) && right(record)
    : (record) => left(record) || right(record);
}

function compileChecked(columns: Columns, checked: Checked): Predicate {
  const { read } = columns.find(checked.field);
  if (checked.operator === 'is null') return (record) => read(record) === null;
  if (checked.operator === 'is not null') return (record) => read(record) !== null;
  const test = compileTest(checked, checked.operator);
  // Of an empty value no comparison holds, not even a negative one.
  return (record) => {
    const value = read(record);
    return value !== null && test(value);
  };
}

type ValueOperator = Exclude<Operator, 'is null' | 'is not null'>;

function compileTest(checked: Checked, operator: ValueOperator): Test {
  switch (operator) {
    case '=':
      return oneOf(checked);
    case '!=':
    case 'not in':
      return not(oneOf(checked));
    case 'in':
      return oneOf(checked);
    case 'like':
      return likeness(checked);
    case 'not like':
      return not(likeness(checked));
    case 'between':
      return between(checked);
    case 'not between':
      return not(between(checked));
    default:
      return bounded(checked, operator);
  }
}

function bounded(checked: Checked, operator: '>' | '>=' | '<' | '<='): Test {
  const { kind, operands } = checked;
  const [operand = ''] = operands;
  const order = (value: StoredValue) => compareValues(kind, value, operand);
  switch (operator) {
    case '>':
      return (value) => order(value) > 0;
    case '>=':
      return (value) => order(value) >= 0;
    case '<':
      return (value) => order(value) < 0;
    case '<=':
      return (value) => order(value) <= 0;
    default:
      return assertNever(operator);
  }
}

function between({ kind, operands }: Checked): Test {
  const [low = '', high = ''] = operands;
  return (value) => compareValues(kind, value, low) >= 0 && compareValues(kind, value, high) <= 0;
}

function oneOf({ operands }: Checked): Test {
  const wanted = new Set<StoredValue>(operands);
  return (value) => wanted.has(value);
}

/** `%` stands for anything, of any length; upper and lower case are the same. */
function likeness({ operands }: Checked): Test {
  const parts = String(operands[0]).split('%').map(escapePattern);
  const pattern = new RegExp(`^${parts.join('.*')}$`, 'is');
  return (value) => pattern.test(String(value));
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function not(test: Test): Test {
  return (value) => !test(value);
}
