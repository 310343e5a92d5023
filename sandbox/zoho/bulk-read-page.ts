import type { BulkReadQuery } from './bulk-read-query.ts';
import { csvText } from './csv.ts';
import type { Org } from './org.ts';
import type { PageStart } from './page-tokens.ts';
import type { StoredRecord } from './record.ts';
import { compareIds } from './record-store.ts';
import { flatReader } from './record-view.ts';

/** One page of a bulk read, as the records are at this moment. */
export interface BulkReadPage {
  readonly csv: string;
  readonly rows: number;
  readonly lastId: string;
  readonly moreRecords: boolean;
}

/** Rows go by id. A page token leads to the id before the page, a page number only to its place. */
export function readPage(
  org: Org,
  query: BulkReadQuery,
  pageRows: number,
  { after, before }: PageStart,
): BulkReadPage {
  const skipped = after === null ? before : 0;
  const found = collect(org, query, skipped + pageRows + 1, after?.id ?? '').slice(skipped);
  const rows = found.slice(0, pageRows);
  return {
    csv: csvText(linesOf(org, query, rows)),
    rows: rows.length,
    lastId: rows.at(-1)?.id ?? '',
    moreRecords: found.length > pageRows,
  };
}

function collect(
  org: Org,
  { module, matches }: BulkReadQuery,
  count: number,
  afterId: string,
): readonly StoredRecord[] {
  const found: StoredRecord[] = [];
  for (const record of org.records[module].byId()) {
    if (found.length === count) break;
    if (compareIds(record.id, afterId) > 0 && matches(record)) found.push(record);
  }
  return found;
}

/** Lookups come as ids; the header has the api names (facts §4.3). */
function* linesOf(
  org: Org,
  { module, fields }: BulkReadQuery,
  rows: readonly StoredRecord[],
): Generator<readonly string[]> {
  const readers = fields.flatMap((name) => {
    const field = org.schema.field(module, name);
    return field === undefined ? [] : [flatReader(org, module, field)];
  });
  yield fields;
  for (const record of rows) yield readers.map((read) => read(record));
}
