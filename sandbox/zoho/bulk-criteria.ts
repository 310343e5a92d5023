import { z } from 'zod';
import { bulkError } from './bulk-errors.ts';
import type { Columns } from './coql/column.ts';
import { readOperand } from './coql/operand.ts';
import { compileCriterion, type Predicate } from './coql/predicate.ts';
import type { Comparison, Criterion, Literal, Operator } from './coql/query.ts';
import { takesOperator, valueKind } from './coql/value-kind.ts';
import { ZohoError } from './errors.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const value = z.union([scalar, z.array(scalar), z.null()]).optional();

/** A leaf names its field as `field.api_name`, or as older clients do, `api_name`. */
const leaf = z.object({
  field: z.object({ api_name: z.string() }).optional(),
  api_name: z.string().optional(),
  comparator: z.string(),
  value,
});

/** The criteria of a bulk read: leaves and groups of them (facts §4.3). */
export type BulkCriteria =
  | Readonly<z.output<typeof leaf>>
  | { readonly group_operator: 'and' | 'or'; readonly group: readonly BulkCriteria[] };

export const bulkCriteria: z.ZodType<BulkCriteria> = z.lazy(() =>
  z.union([
    z.object({ group_operator: z.enum(['and', 'or']), group: z.array(bulkCriteria).min(1) }),
    leaf,
  ]),
);

const MAX_CRITERIA = 25;
const MAX_VALUES = 200;
/** Stands for no value. */
const EMPTY = '$' + '{EMPTY}';

const comparators: Readonly<Record<string, Operator>> = {
  ...{ equal: '=', not_equal: '!=', in: 'in', not_in: 'not in' },
  ...{ less_than: '<', less_equal: '<=', greater_than: '>', greater_equal: '>=' },
  ...{ contains: 'like', not_contains: 'not like', starts_with: 'like', ends_with: 'like' },
  ...{ between: 'between', not_between: 'not between' },
};

/** The test that a record has to pass. Fields of other records are not to be had here. */
export function compileBulkCriteria(columns: Columns, criteria: BulkCriteria): Predicate {
  if (leavesOf(criteria) > MAX_CRITERIA)
    throw bulkError('CRITERIA_LIMIT_EXCEEDED', 'too many criteria', { limit: MAX_CRITERIA });
  return compileCriterion(columns, criterionOf(columns, criteria));
}

function leavesOf(criteria: BulkCriteria): number {
  return 'group' in criteria
    ? criteria.group.reduce((count, each) => count + leavesOf(each), 0)
    : 1;
}

function criterionOf(columns: Columns, criteria: BulkCriteria): Criterion {
  if (!('group' in criteria)) return comparisonOf(columns, criteria);
  return criteria.group
    .map((each) => criterionOf(columns, each))
    .reduce((left, right) => ({ kind: criteria.group_operator, left, right }));
}

function comparisonOf(columns: Columns, criteria: z.output<typeof leaf>): Comparison {
  const field = criteria.field?.api_name ?? criteria.api_name ?? '';
  const { comparator } = criteria;
  const kind = kindOf(columns, field);
  const operator = operatorOf(criteria);
  if (kind === 'none') throw refused('FIELD_IN_CRITERIA_NOT_SUPPORTED', { field });
  if (!takesOperator(kind, operator))
    throw refused('FIELD_AND_COMPARATOR_IN_CRITERIA_NOT_COMPATIBLE', { field, comparator });
  const values = operator.startsWith('is ') ? [] : literalsOf(criteria);
  if (values.length > MAX_VALUES)
    throw refused('VALUE_LIMIT_EXCEEDED_IN_CRITERIA', { field, limit: MAX_VALUES });
  for (const literal of values) checkLiteral(columns, field, operator, literal);
  return { kind: 'comparison', field, operator, values };
}

function kindOf(columns: Columns, field: string) {
  try {
    if (!field.includes('.')) return valueKind(columns.find(field).field);
  } catch (error) {
    if (!(error instanceof ZohoError)) throw error;
  }
  throw refused('FIELD_IN_CRITERIA_NOT_AVAILABLE', { field });
}

function operatorOf({ comparator, value: given }: z.output<typeof leaf>): Operator {
  const operator = comparators[comparator];
  if (operator === undefined) throw refused('INVALID_CRITERIA', { comparator });
  if (given !== EMPTY) return operator;
  if (operator === '=') return 'is null';
  if (operator === '!=') return 'is not null';
  throw refused('COMPARATOR_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE', { comparator, value: EMPTY });
}

function literalsOf({ comparator, value: given }: z.output<typeof leaf>): readonly Literal[] {
  const isList = ['in', 'not_in', 'between', 'not_between'].includes(comparator);
  const listed = Array.isArray(given) ? given : typeof given === 'string' ? given.split(',') : [];
  const values = isList ? listed : [given].flat();
  const isPair = comparator.endsWith('between');
  const isWrong = isList
    ? values.length === 0 || (isPair && values.length !== 2)
    : Array.isArray(given);
  if (isWrong || given === undefined || given === null)
    throw refused('COMPARATOR_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE', { comparator });
  return values.map((each) => ({ kind: 'text', text: patternOf(comparator, String(each)) }));
}

function patternOf(comparator: string, text: string): string {
  if (comparator === 'starts_with') return `${text}%`;
  if (comparator === 'ends_with') return `%${text}`;
  return comparator.endsWith('contains') ? `%${text}%` : text;
}

function checkLiteral(columns: Columns, field: string, operator: Operator, literal: Literal): void {
  try {
    readOperand(valueKind(columns.find(field).field), literal, field, operator);
  } catch (error) {
    if (!(error instanceof ZohoError)) throw error;
    throw refused('FIELD_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE', { field, value: literal.text });
  }
}

function refused(code: string, details: Readonly<Record<string, unknown>>): ZohoError {
  return bulkError(code, 'The criteria given seem to be invalid', details);
}
