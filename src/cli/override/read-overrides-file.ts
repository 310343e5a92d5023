import { open } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { CsvReader, type Separator, UnclosedQuote } from '../../lib/csv.ts';
import type { OverrideRow } from '../../run/import-overrides.ts';
import { usageInvalid } from '../usage-invalid.ts';

/** At most half of what `CsvReader` has room for. */
const PIECE = 1 << 20;
/** No line of names is longer. */
const HEADER = 1 << 12;

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
    const todo = error instanceof UnclosedQuote ? closeIt : 'Name a file that can be read.';
    throw usageInvalid(`Cannot read ${file}: ${error.message}`, todo);
  }
  return table.read();
}

async function readInto(table: Table, file: string, signal: AbortSignal): Promise<void> {
  const piece = new Uint8Array(PIECE);
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  await using handle = await open(file);
  let csv: CsvReader | null = null;
  let count: number;
  do {
    signal.throwIfAborted();
    count = (await handle.read(piece, 0, PIECE, null)).bytesRead;
    const bytes = piece.subarray(0, count);
    refuseUnlessUtf8(file, utf8, bytes);
    csv ??= new CsvReader(separatorOf(bytes));
    csv.space().set(bytes);
    csv.filled(count);
    while (csv.next()) table.add(csv);
  } while (count > 0);
}

/** Else a reason or a name in another encoding would be kept, and shown, with marks in place of letters. */
function refuseUnlessUtf8(file: string, utf8: TextDecoder, bytes: Uint8Array): void {
  try {
    utf8.decode(bytes, { stream: bytes.length > 0 });
  } catch {
    throw usageInvalid(
      `${file} is not UTF-8 text`,
      'Save it once more as “CSV UTF-8”, as Excel calls it.',
    );
  }
}

/** What a spreadsheet puts there depends on the language of its computer; no column is called so. */
function separatorOf(bytes: Uint8Array): Separator {
  const [header = ''] = new TextDecoder().decode(bytes.subarray(0, HEADER)).split('\n', 1);
  if (header.includes(',')) return ',';
  return header.includes(';') ? ';' : header.includes('\t') ? '\t' : ',';
}

class Table {
  readonly #file: string;
  readonly #by: string;
  readonly #rows: OverrideRow[] = [];
  #places: ReadonlyMap<Column, number> | null = null;

  constructor(file: string, by: string) {
    this.#file = file;
    this.#by = by;
  }

  add(csv: CsvReader): void {
    if (this.#places === null) this.#places = this.#header(csv);
    else this.#rows.push(this.#row(csv, this.#places));
  }

  /** All rows, once the file is read. */
  read(): readonly OverrideRow[] {
    if (this.#places === null) throw usageInvalid(`${this.#file} is empty`, shape);
    return this.#rows;
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

const shape = `The first line names the columns ${columns.join(', ')}, with commas, semicolons or tabs between them; \`until\` and \`by\` may be empty.`;

const closeIt = 'Close the quote; a quote inside a quoted field is written twice.';
