import { ZohoError } from '../errors.ts';
import { isModuleName } from '../module-names.ts';
import type { Org } from '../org.ts';
import { isConverted } from '../record-values.ts';
import { boundsOf } from './bounds.ts';
import { checkColumns } from './check-columns.ts';
import { Columns } from './column.ts';
import { unsupportedColumn } from './coql-errors.ts';
import { groupRows } from './group-rows.ts';
import { allMatches, firstMatches, type Scan, type SortKey } from './matches.ts';
import { compileCriterion } from './predicate.ts';
import { columnKey, type OrderColumn, type Query } from './query.ts';
import { type Row, type RowStyle, RowView } from './select-rows.ts';
import { valueKind } from './value-kind.ts';

/** What a query brings. */
export interface QueryResult {
  readonly rows: readonly Row[];
  /** Whether rows follow behind the last of these. */
  readonly moreRecords: boolean;
  readonly columns: Columns;
}

/** Answers a parsed query from the org's records as they are now. */
export function runQuery(org: Org, query: Query, style: RowStyle): QueryResult {
  const { module } = query;
  if (!isModuleName(module)) throw unsupportedModule();
  const columns = new Columns(org, module);
  for (const { field } of query.columns) columns.find(field);
  checkColumns(query);
  const matches = compileCriterion(columns, query.where);
  const scan: Scan = {
    store: org.records[module],
    // Hidden unless asked for, which COQL has no way to (facts §9).
    matches: module === 'Leads' ? (lead) => !isConverted(lead) && matches(lead) : matches,
    bounds: boundsOf(columns, query.where),
  };
  const isGrouped = query.columns.some(({ aggregate }) => aggregate !== null);
  const rows =
    isGrouped || query.groupBy.length > 0
      ? groupedRows(org, query, columns, scan)
      : plainRows(org, query, columns, scan, style);
  return { ...pageOf(query, rows), columns };
}

function unsupportedModule(): ZohoError {
  return new ZohoError(400, 'INVALID_MODULE', 'the given module is not supported in api');
}

/** Rows up to one behind the page, which tells that there are more. */
function plainRows(
  org: Org,
  query: Query,
  columns: Columns,
  scan: Scan,
  style: RowStyle,
): readonly Row[] {
  const order = query.orderBy.map((each) => sortKey(query, columns, each));
  const found = firstMatches(scan, order, query.offset + query.limit + 1);
  const view = new RowView(org, columns, query.columns, style);
  return found.map((record, index) => (index < query.offset ? {} : view.rowOf(record)));
}

function groupedRows(org: Org, query: Query, columns: Columns, scan: Scan): readonly Row[] {
  const plain = query.columns.filter(({ aggregate }) => aggregate === null);
  const view = new RowView(org, columns, plain, { lookupNames: true });
  return groupRows(org, query, columns, view)(allMatches(scan));
}

function pageOf({ limit, offset }: Query, rows: readonly Row[]) {
  const end = offset + limit;
  return { rows: rows.slice(offset, end), moreRecords: rows.length > end };
}

function sortKey(query: Query, columns: Columns, { column, descending }: OrderColumn): SortKey {
  const named = query.columns.find((each) => columnKey(each) === column);
  const { text, field, read } = columns.find(named?.field ?? column);
  const kind = valueKind(field);
  if (kind === 'none') throw unsupportedColumn(column);
  return { field: text, kind, read, descending };
}
