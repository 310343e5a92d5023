import { describe, expect, it } from 'vitest';
import { filterBranch } from '../../../sandbox/hubspot/list-filter.ts';
import { matchesFilter } from '../../../sandbox/hubspot/list-filter-match.ts';

function matches(operation: object, value: string | undefined): boolean {
  const filters = [{ filterType: 'PROPERTY', property: 'x', operation }];
  const root = { filterBranchType: 'OR', filterBranches: [{ filterBranchType: 'AND', filters }] };
  return matchesFilter(filterBranch.parse(root), () => value);
}

describe('list filters', () => {
  it.each([
    ['MULTISTRING', 'IS_EQUAL_TO', { values: ['gold', 'Silver'] }, 'SILVER', true],
    ['MULTISTRING', 'IS_NOT_EQUAL_TO', { values: ['gold'] }, 'Gold', false],
    ['STRING', 'CONTAINS', { value: 'ol' }, 'gold', true],
    ['STRING', 'STARTS_WITH', { value: 'ol' }, 'gold', false],
    ['STRING', 'ENDS_WITH', { value: 'LD' }, 'gold', true],
    ['STRING', 'DOES_NOT_CONTAIN', { value: 'x' }, 'gold', true],
    ['NUMBER', 'IS_EQUAL_TO', { value: 7 }, '7.0', true],
    ['NUMBER', 'IS_GREATER_THAN', { value: 7 }, '7', false],
    ['NUMBER', 'IS_GREATER_THAN_OR_EQUAL_TO', { value: 7 }, '7', true],
    ['NUMBER', 'IS_LESS_THAN', { value: '10' }, '9', true],
    ['NUMBER_RANGED', 'IS_BETWEEN', { lowerBound: 1, upperBound: 3 }, '3', true],
    ['NUMBER_RANGED', 'IS_NOT_BETWEEN', { lowerBound: 1, upperBound: 3 }, '2', false],
    ['BOOL', 'IS_EQUAL_TO', { value: true }, 'true', true],
    ['ENUMERATION', 'IS_ANY_OF', { values: ['a', 'b'] }, 'b;c', true],
    ['ENUMERATION', 'IS_NONE_OF', { values: ['a', 'b'] }, 'c', true],
    ['ENUMERATION', 'CONTAINS_ALL', { values: ['a', 'b'] }, 'b;a;c', true],
    ['ENUMERATION', 'IS_EXACTLY', { values: ['a', 'b'] }, 'b;a;c', false],
    ['ENUMERATION', 'IS_ANY_OF', { values: ['Gold'] }, 'gold', false],
  ])('%s %s %o on %s is %s', (operationType, operator, operands, value, expected) => {
    expect(matches({ operationType, operator, ...operands }, value)).toBe(expected);
  });

  it('an empty value matches only who asks for it', () => {
    const equal = { operationType: 'NUMBER', operator: 'IS_LESS_THAN', value: 5 };
    expect(matches(equal, undefined)).toBe(false);
    expect(matches({ ...equal, includeObjectsWithNoValueSet: true }, undefined)).toBe(true);
    expect(matches({ operationType: 'ALL_PROPERTY', operator: 'IS_UNKNOWN' }, '')).toBe(true);
    expect(matches({ operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN' }, '0')).toBe(true);
  });

  it.each([
    ['no AND branch', { filterBranchType: 'OR', filterBranches: [] }],
    ['a root that is no OR', { filterBranchType: 'AND', filterBranches: [] }],
    [
      'an OR below the root',
      { filterBranchType: 'OR', filterBranches: [{ filterBranchType: 'OR', filterBranches: [] }] },
    ],
  ])('a tree with %s is refused', (_what, root) => {
    expect(filterBranch.safeParse(root).success).toBe(false);
  });
});
