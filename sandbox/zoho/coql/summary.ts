import { assertNever } from '../../../src/lib/assert-never.ts';
import type { Org } from '../org.ts';
import type { StoredRecord, StoredValue } from '../record.ts';
import { viewOf } from '../record-view.ts';
import type { Column, Columns } from './column.ts';
import { invalidQuery } from './coql-errors.ts';
import { compareStored } from './matches.ts';
import type { Aggregate, SelectColumn } from './query.ts';
import { type ValueKind, valueKind } from './value-kind.ts';

/** What an aggregate makes of a group, as it is ordered and as it is shown. */
export interface Summary {
  readonly sortBy: StoredValue;
  readonly shown: unknown;
}

const summable: readonly ValueKind[] = ['number'];
const ordered: readonly ValueKind[] = ['number', 'day', 'instant'];

/** Refuses an aggregate that makes no sense of its column. */
export function checkSummary(columns: Columns, { aggregate, field }: SelectColumn): void {
  const kind = valueKind(columns.find(field).field);
  const isCount = aggregate === null || aggregate === 'COUNT';
  const kinds = aggregate === 'SUM' || aggregate === 'AVG' ? summable : ordered;
  if (isCount || kinds.includes(kind)) return;
  throw invalidQuery({ column_name: field, aggregate }, 'unsupported column');
}

/** Empty values do not count, and where all are empty the summary is too (but a count is 0). */
export function summarize(
  org: Org,
  column: Column,
  aggregate: Aggregate,
  records: readonly StoredRecord[],
): Summary {
  const filled = records.filter((record) => column.read(record) !== null);
  switch (aggregate) {
    case 'COUNT':
      return plain(filled.length);
    case 'SUM':
      return plain(filled.length === 0 ? null : total(column, filled));
    case 'AVG':
      return plain(filled.length === 0 ? null : rounded(total(column, filled) / filled.length));
    case 'MIN':
      return extreme(org, column, filled, -1);
    case 'MAX':
      return extreme(org, column, filled, 1);
    default:
      return assertNever(aggregate);
  }
}

function plain(value: number | null): Summary {
  return { sortBy: value, shown: value };
}

function total(column: Column, records: readonly StoredRecord[]): number {
  return rounded(records.reduce((sum, record) => sum + Number(column.read(record)), 0));
}

// What adding binary fractions leaves behind the ninth digit is not in the CRM's decimals.
function rounded(value: number): number {
  return Number(value.toFixed(9));
}

function extreme(
  org: Org,
  column: Column,
  records: readonly StoredRecord[],
  sign: 1 | -1,
): Summary {
  const kind = valueKind(column.field);
  let [best] = records;
  for (const record of records)
    if (
      best !== undefined &&
      compareStored(kind, column.read(record), column.read(best)) * sign > 0
    )
      best = record;
  const target = best === undefined ? undefined : column.recordOf(best);
  if (best === undefined || target === undefined) return plain(null);
  const { apiName } = column.field;
  return {
    sortBy: column.read(best),
    shown: viewOf(org, column.module, target, [apiName])[apiName] ?? null,
  };
}
