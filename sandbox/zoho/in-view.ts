import type { CustomView, ViewCriterion } from './custom-views.ts';
import type { Org } from './org.ts';
import type { StoredRecord } from './record.ts';
import { storedValue } from './record-values.ts';

/** Whether a record is in a custom view: all of its criteria hold. */
export function inView(org: Org, view: CustomView): (record: StoredRecord) => boolean {
  return (record) =>
    view.criteria.every((criterion) => {
      const value = storedValue(org, view.module, record, criterion.field);
      return holds(criterion, String(value ?? ''));
    });
}

function holds({ comparator, value }: ViewCriterion, text: string): boolean {
  const isAmong = [value].flat().includes(text);
  return comparator === 'not_equal' ? !isAmong : isAmong;
}
