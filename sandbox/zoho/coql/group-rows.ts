import type { Org } from '../org.ts';
import type { StoredRecord, StoredValue } from '../record.ts';
import type { Column, Columns } from './column.ts';
import { unknownColumn, unsupportedColumn } from './coql-errors.ts';
import { compareStored } from './matches.ts';
import { columnKey, type OrderColumn, type Query, type SelectColumn } from './query.ts';
import type { Row, RowView } from './select-rows.ts';
import { checkSummary, type Summary, summarize } from './summary.ts';
import { type ValueKind, valueKind } from './value-kind.ts';

/** Records that are alike in every column of `group by`, and what is made of them. */
interface Group {
  /** Stands for all in the columns they share; absent where nothing matched. */
  readonly first: StoredRecord | undefined;
  readonly summaries: ReadonlyMap<string, Summary>;
}

interface GroupOrder {
  readonly kind: ValueKind;
  readonly read: (group: Group) => StoredValue;
  readonly descending: boolean;
}

/** One row a group; without `group by` all matches are one group, even when there are none. */
export function groupRows(
  org: Org,
  query: Query,
  columns: Columns,
  view: RowView,
): (records: readonly StoredRecord[]) => readonly Row[] {
  const keys = query.groupBy.map((name) => groupColumn(columns, name));
  for (const column of query.columns) checkSummary(columns, column);
  const order = [
    ...query.orderBy.map((each) => orderOf(query, columns, each)),
    ...keys.map((column) => keyOrder(column, false)),
  ];
  return (records) =>
    partition(records, keys)
      .map((members) => ({
        first: members[0],
        summaries: summariesOf(org, query.columns, columns, members),
      }))
      .toSorted((a, b) => compareGroups(order, a, b))
      .map((group) => rowOf(group, view));
}

function groupColumn(columns: Columns, name: string): Column {
  const column = columns.find(name);
  if (valueKind(column.field) === 'none') throw unsupportedColumn(name);
  return column;
}

function partition(
  records: readonly StoredRecord[],
  keys: readonly Column[],
): readonly (readonly StoredRecord[])[] {
  if (keys.length === 0) return [records];
  const groups = new Map<string, StoredRecord[]>();
  for (const record of records) {
    const key = JSON.stringify(keys.map(({ read }) => read(record)));
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [record]);
    else members.push(record);
  }
  return [...groups.values()];
}

function summariesOf(
  org: Org,
  selected: readonly SelectColumn[],
  columns: Columns,
  members: readonly StoredRecord[],
): ReadonlyMap<string, Summary> {
  const summaries = new Map<string, Summary>();
  for (const each of selected)
    if (each.aggregate !== null)
      summaries.set(
        columnKey(each),
        summarize(org, columns.find(each.field), each.aggregate, members),
      );
  return summaries;
}

function orderOf(
  { columns: selected, groupBy }: Query,
  columns: Columns,
  { column, descending }: OrderColumn,
): GroupOrder {
  const named = selected.find((each) => columnKey(each) === column);
  if (named !== undefined && named.aggregate !== null) {
    const kind =
      named.aggregate === 'COUNT' ? 'number' : valueKind(columns.find(named.field).field);
    const read = ({ summaries }: Group) => summaries.get(column)?.sortBy ?? null;
    return { kind, read, descending };
  }
  const field = named?.field ?? column;
  if (!groupBy.includes(field)) throw unknownColumn(column);
  return keyOrder(columns.find(field), descending);
}

function keyOrder({ field, read }: Column, descending: boolean): GroupOrder {
  const readFirst = ({ first }: Group) => (first === undefined ? null : read(first));
  return { kind: valueKind(field), read: readFirst, descending };
}

function compareGroups(order: readonly GroupOrder[], a: Group, b: Group): number {
  for (const { kind, read, descending } of order) {
    const sign = compareStored(kind, read(a), read(b));
    if (sign !== 0) return descending ? -sign : sign;
  }
  return 0;
}

function rowOf({ first, summaries }: Group, view: RowView): Row {
  const shown = [...summaries].map(([key, summary]) => [key, summary.shown] as const);
  return { ...(first === undefined ? {} : view.shown(first)), ...Object.fromEntries(shown) };
}
