import type { BulkWriteRequest } from './bulk-write-request.ts';
import { cellValue } from './cell-value.ts';
import type { ZohoError } from './errors.ts';
import type { Org } from './org.ts';
import type { StoredRecord } from './record.ts';
import {
  createRecord,
  updateRecord,
  type WriteContext,
  type WriteOutcome,
} from './record-writer.ts';
import type { WriteColumn } from './write-columns.ts';

/** What became of one row. */
export interface RowOutcome {
  readonly status: 'ADDED' | 'UPDATED' | 'SKIPPED' | 'UNPROCESSED';
  /** Of the record; empty for a row that was skipped. */
  readonly recordId: string;
  /** `<code>-<column header>`, several joined by a colon. */
  readonly errors: string;
}

export const unprocessed: RowOutcome = { status: 'UNPROCESSED', recordId: '', errors: '' };

/** Writes one row, as the rules of single records have it. */
export function writeRow(
  org: Org,
  request: BulkWriteRequest,
  cells: readonly string[],
  context: WriteContext,
): RowOutcome {
  const { operation, module } = request;
  const input = inputOf(request, cells);
  if (operation === 'insert')
    return outcomeOf(request, 'ADDED', createRecord(org, module, input, context));
  const found = findRecord(org, request, cells);
  if (found !== undefined)
    return outcomeOf(request, 'UPDATED', updateRecord(org, module, found.id, input, context));
  if (operation === 'upsert' && request.findBy !== 'id')
    return outcomeOf(request, 'ADDED', createRecord(org, module, input, context));
  const key = keyColumn(request);
  return { ...skipped, errors: `RESOURCE_NOT_FOUND-${key?.header ?? 'id'}` };
}

const skipped: RowOutcome = { status: 'SKIPPED', recordId: '', errors: '' };

function inputOf({ columns, ignoreEmpty, findBy }: BulkWriteRequest, cells: readonly string[]) {
  const entries = columns.flatMap((column) => {
    const { apiName } = column.field;
    if (apiName === 'id') return [];
    const value = inputValue(column, cells);
    const isLeft = value === null && (ignoreEmpty || apiName === findBy);
    return isLeft ? [] : [[apiName, value] as const];
  });
  return Object.fromEntries(entries);
}

function inputValue({ field, index, fallback }: WriteColumn, cells: readonly string[]): unknown {
  const text = index === null ? '' : (cells[index] ?? '');
  return text === '' ? fallback : cellValue(field, text);
}

function keyColumn({ columns, findBy }: BulkWriteRequest): WriteColumn | undefined {
  return columns.find(({ field }) => field.apiName === findBy);
}

function findRecord(
  org: Org,
  request: BulkWriteRequest,
  cells: readonly string[],
): StoredRecord | undefined {
  const column = keyColumn(request);
  const key = column === undefined ? '' : String(inputValue(column, cells) ?? '');
  const store = org.records[request.module];
  return column?.field.apiName === 'id'
    ? store.get(key)
    : store.holding(column?.field.apiName ?? '', key)[0];
}

function outcomeOf(
  request: BulkWriteRequest,
  status: 'ADDED' | 'UPDATED',
  outcome: WriteOutcome,
): RowOutcome {
  if (outcome.ok) return { status, recordId: outcome.record.id, errors: '' };
  return { ...skipped, errors: errorText(request, outcome.error) };
}

function errorText(request: BulkWriteRequest, { code, details }: ZohoError): string {
  const many = details['errors'];
  if (Array.isArray(many))
    return many.map((each) => oneError(request, each.code, each.details)).join(':');
  return oneError(request, code, details);
}

function oneError(
  { columns }: BulkWriteRequest,
  code: string,
  details: Readonly<Record<string, unknown>>,
): string {
  const apiName = String(details['api_name'] ?? '');
  const column = columns.find(({ field }) => field.apiName === apiName);
  return `${code}-${column?.header ?? apiName}`;
}
