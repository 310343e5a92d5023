import { assertNever } from '../../src/lib/assert-never.ts';
import type {
  ChoiceOperator,
  FilterBranch,
  NumberOperator,
  Operation,
  TextOperator,
} from './list-filter.ts';

/** Whether a record is on a list with this filter. An absent or empty value counts as no value. */
export function matchesFilter(
  root: FilterBranch,
  read: (property: string) => string | undefined,
): boolean {
  const filters = root.filters.map((filter) => () => {
    return matchesOperation(filter.operation, read(filter.property) ?? '');
  });
  const branches = root.filterBranches.map((child) => () => matchesFilter(child, read));
  const tests = [...filters, ...branches];
  if (root.filterBranchType === 'OR') return tests.some((test) => test());
  return tests.every((test) => test());
}

function matchesOperation(wanted: Operation, value: string): boolean {
  if (wanted.operationType === 'ALL_PROPERTY') {
    return (value !== '') === (wanted.operator === 'IS_KNOWN');
  }
  if (value === '') return wanted.includeObjectsWithNoValueSet;
  switch (wanted.operationType) {
    case 'MULTISTRING':
      return matchesText(wanted.operator, value, wanted.values);
    case 'STRING':
      return matchesText(wanted.operator, value, [wanted.value]);
    case 'NUMBER':
      return matchesNumber(wanted.operator, Number(value), wanted.value);
    case 'NUMBER_RANGED': {
      const inside = Number(value) >= wanted.lowerBound && Number(value) <= wanted.upperBound;
      return inside === (wanted.operator === 'IS_BETWEEN');
    }
    case 'BOOL':
      return (value === wanted.value) === (wanted.operator === 'IS_EQUAL_TO');
    case 'ENUMERATION':
      return matchesChoice(wanted.operator, value.split(';'), wanted.values);
    default:
      return assertNever(wanted);
  }
}

// Text is compared without regard to case; the negations hold when no value matches.
function matchesText(operator: TextOperator, value: string, wanted: readonly string[]): boolean {
  const text = value.toLowerCase();
  const any = (test: (each: string) => boolean) => wanted.some((each) => test(each.toLowerCase()));
  switch (operator) {
    case 'IS_EQUAL_TO':
      return any((each) => text === each);
    case 'IS_NOT_EQUAL_TO':
      return !any((each) => text === each);
    case 'CONTAINS':
      return any((each) => text.includes(each));
    case 'DOES_NOT_CONTAIN':
      return !any((each) => text.includes(each));
    case 'STARTS_WITH':
      return any((each) => text.startsWith(each));
    case 'ENDS_WITH':
      return any((each) => text.endsWith(each));
    default:
      return assertNever(operator);
  }
}

function matchesNumber(operator: NumberOperator, value: number, bound: number): boolean {
  switch (operator) {
    case 'IS_EQUAL_TO':
      return value === bound;
    case 'IS_NOT_EQUAL_TO':
      return value !== bound;
    case 'IS_GREATER_THAN':
      return value > bound;
    case 'IS_GREATER_THAN_OR_EQUAL_TO':
      return value >= bound;
    case 'IS_LESS_THAN':
      return value < bound;
    case 'IS_LESS_THAN_OR_EQUAL_TO':
      return value <= bound;
    default:
      return assertNever(operator);
  }
}

function matchesChoice(
  operator: ChoiceOperator,
  chosen: readonly string[],
  wanted: readonly string[],
): boolean {
  const all = wanted.every((each) => chosen.includes(each));
  const exact = all && chosen.length === wanted.length;
  switch (operator) {
    case 'IS_ANY_OF':
      return wanted.some((each) => chosen.includes(each));
    case 'IS_NONE_OF':
      return !wanted.some((each) => chosen.includes(each));
    case 'IS_EXACTLY':
      return exact;
    case 'IS_NOT_EXACTLY':
      return !exact;
    case 'CONTAINS_ALL':
      return all;
    default:
      return assertNever(operator);
  }
}
