import { fieldKinds } from '../../src/domain/field-kinds.ts';
import type { ListSpec } from '../../src/domain/list.ts';
import type { Session } from './session.ts';

/** A list as HubSpot makes it: empty for us to fill, or kept by HubSpot by our property. */
export function listDraft({ customers, settings, own }: Session, spec: ListSpec) {
  const common = { name: spec.name, objectTypeId: customers.typeId };
  if (settings.lists === 'static') return { ...common, processingType: 'MANUAL' };
  const property = own.nameOf(spec.field);
  const branches = operationsOf(spec).map((operation) => {
    const filter = {
      filterType: 'PROPERTY',
      property,
      operation: { ...operation, includeObjectsWithNoValueSet: false },
    };
    return { filterBranchType: 'AND', filterBranches: [], filters: [filter] };
  });
  const filterBranch = { filterBranchType: 'OR', filterBranches: branches, filters: [] };
  return { ...common, processingType: 'DYNAMIC', filterBranch };
}

/** Whether HubSpot is to keep such a list itself: a day is compared in ways of its own there. */
export function canBeDynamic({ field }: ListSpec): boolean {
  return fieldKinds[field] !== 'day';
}

/** Any one of them puts a customer on the list. */
function operationsOf({ field, values }: ListSpec) {
  switch (fieldKinds[field]) {
    case 'choice':
      return [{ operationType: 'ENUMERATION', operator: 'IS_ANY_OF', values }];
    case 'integer':
    case 'decimal':
      return values.map((value) => {
        return { operationType: 'NUMBER', operator: 'IS_EQUAL_TO', value: Number(value) };
      });
    default:
      return [{ operationType: 'MULTISTRING', operator: 'IS_EQUAL_TO', values }];
  }
}
