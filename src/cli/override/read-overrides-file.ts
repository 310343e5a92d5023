import { open } from 'node:fs/promises';
import { CsvReader, UnclosedQuote } from '../../lib/csv.ts';
import type { OverrideRow } from '../../run/import-overrides.ts';
import { usageInvalid } from '../usage-invalid.ts';

/** At most half of what `CsvReader` has room for. */
const PIECE = 1 << 20;

const columns = ['customer', 'family', 'class', 'until', 'why', 'by'] as const;
type Column = (typeof columns)[number];
/** Without these nothing can be decided. */
const needed: readonly Column[] = ['customer', 'family', 'class', 'why'];

/**
 * Reads a CSV file whose first line names its columns, in any order; others are passed over.
 * @param by who says so where a row does not tell
 * @throws AssayError `USAGE_INVALID` when it cannot be read or lacks a column.
 */
export async function readOverridesFile(
  file: string,
  by: string,
  signal: AbortSignal,
): Promise<readonly OverrideRow[]> {
  const table = new Table(file, by);
  try {
    await readInto(table, file, signal);
  } catch (error) {
    const isOfFile =
      error instanceof UnclosedQuote || (error instanceof Error && 'syscall' in error);
    if (!isOfFile) throw error;
    throw usageInvalid(`Cannot read ${file}: ${error.message}`, shape);
  }
  return table.rows;
}

async function readInto(table: Table, file: string, signal: AbortSignal): Promise<void> {
  const csv = new CsvReader();
  const piece = new Uint8Array(PIECE);
  await using handle = await open(file);
  let count: number;
  do {
    signal.throwIfAborted();
    count = (await handle.read(piece, 0, PIECE, null)).bytesRead;
    csv.space().set(piece.subarray(0, count));
    csv.filled(count);
    while (csv.next()) table.add(csv);
  } while (count > 0);
}

class Table {
  readonly #file: string;
  readonly #by: string;
  readonly rows: OverrideRow[] = [];
  #places: ReadonlyMap<Column, number> | null = null;

  constructor(file: string, by: string) {
    this.#file = file;
    this.#by = by;
  }

  add(csv: CsvReader): void {
    if (this.#places === null) this.#places = this.#header(csv);
    else this.rows.push(this.#row(csv, this.#places));
  }

  #header(csv: CsvReader): ReadonlyMap<Column, number> {
    const names = Array.from({ length: csv.fields }, (_, at) => csv.text(at).toLowerCase());
    const places = new Map(
      columns.flatMap((name) => (names.includes(name) ? [[name, names.indexOf(name)]] : [])),
    );
    const missing = needed.filter((name) => !places.has(name));
    if (missing.length > 0)
      throw usageInvalid(`${this.#file} has no column ${missing.join(', ')}`, shape);
    return places;
  }

  #row(csv: CsvReader, places: ReadonlyMap<Column, number>): OverrideRow {
    const text = (column: Column) => {
      const at = places.get(column);
      return at === undefined ? '' : csv.text(at);
    };
    return {
      line: csv.line,
      ...{ customer: text('customer'), family: text('family'), class: text('class') },
      ...{ until: text('until'), why: text('why'), by: text('by') || this.#by },
    };
  }
}

const shape = `The first line names the columns ${columns.join(', ')}; \`until\` and \`by\` may be empty.`;
