import { unzipSync } from 'fflate';
import { CsvReader } from '../../src/lib/csv.ts';

/** What a job's result file says of one row. */
export type RowStatus = {
  readonly id: string;
  /** `UPDATED`, `SKIPPED` or another, in capitals. */
  readonly status: string;
  /** Code and column of its first error, for example `INVALID_DATA` and `Rating`. */
  readonly code: string | null;
  readonly field: string | null;
};

/**
 * The rows of a result, zipped CSV: the first columns of what was sent, STATUS, RECORD_ID and ERRORS
 * (zoho.com/crm/developer/docs/api/v8/bulk-write/download-result.html). `null`: the file is not whole.
 */
export function readResult(zip: Uint8Array): readonly RowStatus[] | null {
  try {
    const [file] = Object.values(unzipSync(zip));
    return file === undefined ? null : rowsIn(file);
  } catch {
    return null;
  }
}

function rowsIn(bytes: Uint8Array): readonly RowStatus[] {
  const records = recordsIn(bytes);
  const header = (records[0] ?? []).map((name) => name.toUpperCase());
  const [status, errors] = [header.indexOf('STATUS'), header.indexOf('ERRORS')];
  const ids = [header.indexOf('RECORD_ID'), header.indexOf('ID')];
  return records.slice(1).map((cells) => {
    const id = ids.map((at) => cells[at] ?? '').find((text) => text !== '') ?? '';
    return { id, status: (cells[status] ?? '').toUpperCase(), ...errorIn(cells[errors] ?? '') };
  });
}

/** `CODE-Column`, several of a code with commas, several codes with colons. */
function errorIn(text: string): Pick<RowStatus, 'code' | 'field'> {
  const [, code = null, field = null] = /^([A-Z_]+)(?:-([^:,]+))?/.exec(text) ?? [];
  return { code, field };
}

function recordsIn(bytes: Uint8Array): readonly (readonly string[])[] {
  const reader = new CsvReader();
  const records: string[][] = [];
  const drain = () => {
    while (reader.next())
      records.push(Array.from({ length: reader.fields }, (_, field) => reader.text(field)));
  };
  for (let at = 0; at < bytes.length; ) {
    const space = reader.space();
    const piece = bytes.subarray(at, at + space.length);
    space.set(piece);
    reader.filled(piece.length);
    at += piece.length;
    drain();
  }
  reader.filled(0);
  drain();
  return records;
}
