import { zipSync } from 'fflate';
import type { Row } from './rows.ts';

/** The CSV of a job: the id first, then every field that a row sets; empty where it sets none. */
export type BulkFile = { readonly columns: readonly string[]; readonly zip: Uint8Array };

export function bulkFile(rows: readonly Row[]): BulkFile {
  const names = new Set(rows.flatMap(({ values }) => Object.keys(values)));
  const columns = ['id', ...[...names].toSorted()];
  const lines = rows.map(({ id, values }) =>
    columns.map((name) => cellOf(name === 'id' ? id : values[name])).join(','),
  );
  const text = [columns.join(','), ...lines, ''].join('\n');
  return { columns, zip: zipSync({ 'rows.csv': new TextEncoder().encode(text) }) };
}

function cellOf(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
