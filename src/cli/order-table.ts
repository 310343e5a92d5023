import { minorDigits } from '../domain/money.ts';
import type { CsvReader } from '../lib/csv.ts';
import { type BookedOrders, OrderBook } from '../score/columns/order-book.ts';
import { amountProblem, amountReader, DayReader, dayProblem } from './order-row.ts';
import { type ColumnKind, columnKinds, PlainRows } from './plain-rows.ts';
import { RowTally, type TalliedRows } from './row-tally.ts';
import { usageInvalid } from './usage-invalid.ts';

/** How rows are taken. */
export type OrderRules = {
  /** Days since 1970-01-01: rows of a later day are left out. */
  readonly asOf: number;
  /** First day of the window that net amounts are also added up in. */
  readonly windowFrom: number;
  readonly zeroAmount: 'order' | 'ignored';
  readonly refunds: 'subtracted' | 'ignored';
  /** Whose rows are kept; that of most rows unless told. */
  readonly currency?: string;
};

/** What stood in a file of orders. */
export type OrdersFile = {
  readonly orders: BookedOrders;
  /** Upper-case code, empty where the file names none; and the digits after its point. */
  readonly currency: string;
  readonly minorDigits: number;
  /** Rows, the header not counted. */
  readonly rows: number;
  /** Rows that are not used as orders, by cause. */
  readonly leftOut: readonly TalliedRows[];
};

const needed = ['customer_id', 'date', 'amount'] as const;

/** Lines kept of a currency's rows. */
const NAMED = 5;
const BLANK = 32;

/** What the rows of one currency make. */
type CurrencyBook = {
  readonly currency: string;
  readonly digits: number;
  readonly book: OrderBook;
  readonly readAmount: ReturnType<typeof amountReader>;
  readonly rows: { count: number; readonly lines: number[] };
};

/**
 * Takes the records of `customer_id,date,amount[,currency,…]`; columns may stand in any order, others
 * are passed over. The rows of the most frequent currency are kept. Refunds are kept, and told.
 */
export class OrderTable {
  readonly #rules: OrderRules;
  readonly #days: DayReader;
  readonly #tally = new RowTally();
  readonly #books = new Map<string, CurrencyBook>();
  #last: CurrencyBook | null = null;
  #plain: PlainRows | null = null;
  #hasHeader = false;
  #at = { customer: -1, date: -1, amount: -1, currency: -1 };
  #rows = 0;

  constructor(rules: OrderRules) {
    this.#rules = rules;
    this.#days = new DayReader(rules.asOf);
  }

  /** Takes all the records that the reader has. */
  addAll(csv: CsvReader): void {
    if (!this.#hasHeader && csv.next()) this.#readHeader(csv);
    do this.#addPlain(csv);
    while (csv.next() && this.#add(csv));
  }

  /** Takes the reader's current record. */
  #add(csv: CsvReader): true {
    this.#rows += 1;
    const why = this.#addRow(csv);
    if (why !== null) this.#tally.add(why, csv.line);
    return true;
  }

  /** Takes the plain rows that come next, in the currency of the last row. */
  #addPlain(csv: CsvReader): void {
    const [plain, current] = [this.#plain, this.#last];
    if (plain === null || current === null) return;
    do {
      plain.read(csv.bytes, csv.at, csv.end, current);
      current.book.addBatch(csv.bytes, plain.batch);
      for (let row = 0; row < plain.batch.count && current.rows.lines.length < NAMED; row += 1)
        current.rows.lines.push(csv.nextLine + row);
      current.rows.count += plain.batch.count;
      this.#rows += plain.batch.count;
      csv.skip(plain.at, plain.batch.count);
    } while (plain.isFull);
  }

  /** Why the row is not used as an order; `null` for one that is. */
  #addRow(csv: CsvReader): string | null {
    const { customer, date, amount } = this.#at;
    const from = begin(csv, customer);
    const to = end(csv, customer, from);
    if (from === to) return 'name no customer';
    const dateFrom = begin(csv, date);
    const day = this.#days.read(csv.bytes, dateFrom, end(csv, date, dateFrom));
    if (day < 0) return dayProblem(day);
    const book = this.#bookOf(csv);
    if (book === null) return 'have a currency that is no code of three letters';
    const amountFrom = begin(csv, amount);
    const amountTo = end(csv, amount, amountFrom);
    if (amountFrom === amountTo) return 'have no amount';
    const minor = book.readAmount(csv.bytes, amountFrom, amountTo);
    if (!Number.isFinite(minor)) return amountProblem(minor);
    const { zeroAmount, refunds } = this.#rules;
    if (minor === 0 && zeroAmount === 'ignored') return 'have an amount of 0, which is no order';
    if (minor < 0 && refunds === 'ignored') return 'have an amount below 0: a refund, passed over';
    book.book.add(csv.bytes, from, to, day, minor);
    book.rows.count += 1;
    if (book.rows.lines.length < NAMED) book.rows.lines.push(csv.line);
    return minor < 0 ? 'have an amount below 0: a refund, no order' : null;
  }

  #bookOf(csv: CsvReader): CurrencyBook | null {
    const { currency } = this.#at;
    if (currency === -1 && this.#last !== null) return this.#last;
    const code = currency === -1 ? '' : this.#code(csv, currency);
    if (code === null) return null;
    this.#last = this.#books.get(code) ?? this.#openBook(code);
    return this.#last;
  }

  /** The last one again where the bytes are the same: a file rarely changes its currency. */
  #code(csv: CsvReader, column: number): string | null {
    const from = begin(csv, column);
    const to = end(csv, column, from);
    const last = this.#last?.currency ?? '';
    if (last !== '' && to - from === last.length && isText(csv.bytes, from, last)) return last;
    const code = csv.text(column).toUpperCase();
    return /^(?:[A-Z]{3})?$/.test(code) ? code : null;
  }

  #openBook(currency: string): CurrencyBook {
    const opened = {
      currency,
      book: new OrderBook(this.#rules.windowFrom),
      digits: minorDigits(currency),
      readAmount: amountReader(currency),
      rows: { count: 0, lines: [] },
    };
    this.#books.set(currency, opened);
    return opened;
  }

  #readHeader(csv: CsvReader): void {
    const header = Array.from({ length: csv.fields }, (_, at) => csv.text(at).toLowerCase());
    const missing = needed.filter((name) => !header.includes(name));
    if (missing.length > 0) throw columnsMissing(missing, header);
    const twice = [...needed, 'currency'].find(
      (name) => header.indexOf(name) !== header.lastIndexOf(name),
    );
    if (twice !== undefined) throw columnTwice(twice);
    const [customer, date, amount] = needed.map((name) => header.indexOf(name));
    const currency = header.indexOf('currency');
    this.#hasHeader = true;
    this.#at = { customer: customer ?? -1, date: date ?? -1, amount: amount ?? -1, currency };
    this.#plain = new PlainRows(header.map(kindOf(this.#at)), this.#days);
  }

  /**
   * All that came; the table is empty afterwards.
   * @throws AssayError `USAGE_INVALID` when there was no header.
   */
  close(): OrdersFile {
    if (!this.#hasHeader) throw columnsMissing(needed, []);
    const books = [...this.#books.values()];
    const most = books.reduce((count, { rows }) => Math.max(count, rows.count), 0);
    const { currency: wanted } = this.#rules;
    const isKept = ({ currency, rows }: CurrencyBook): boolean =>
      wanted === undefined ? rows.count === most : currency === wanted;
    const kept = books.find(isKept) ?? this.#openBook(wanted ?? '');
    for (const { currency, rows } of books)
      if (currency !== kept.currency)
        this.#tally.addRows(`are not in ${kept.currency || 'the currency of most'}`, rows);
    this.#books.clear();
    return {
      orders: kept.book.close(),
      currency: kept.currency,
      minorDigits: minorDigits(kept.currency),
      rows: this.#rows,
      leftOut: this.#tally.rows(),
    };
  }
}

function kindOf(places: Readonly<Record<string, number>>) {
  return (_: string, at: number): ColumnKind =>
    columnKinds.find((kind) => places[kind] === at) ?? 'other';
}

/** Where the field begins and ends without blanks around it: an empty place for one that is missing. */
function begin(csv: CsvReader, field: number): number {
  if (field >= csv.fields) return 0;
  const to = csv.to[field] ?? 0;
  let from = csv.from[field] ?? 0;
  while (from < to && (csv.bytes[from] ?? 0) <= BLANK) from += 1;
  return from;
}

function end(csv: CsvReader, field: number, from: number): number {
  if (field >= csv.fields) return from;
  let to = csv.to[field] ?? 0;
  while (to > from && (csv.bytes[to - 1] ?? 0) <= BLANK) to -= 1;
  return to;
}

function isText(bytes: Uint8Array, from: number, text: string): boolean {
  for (let at = 0; at < text.length; at += 1)
    if (bytes[from + at] !== text.charCodeAt(at)) return false;
  return true;
}

function columnsMissing(names: readonly string[], header: readonly string[]) {
  const [only = ''] = header;
  const isOther = header.length === 1 && /[;\t|]/.test(only);
  return usageInvalid(
    `The file's first line does not name the column${names.length === 1 ? '' : 's'} ${names.join(', ')}`,
    isOther
      ? 'Its columns seem to be separated by something else than commas: save it with commas.'
      : 'Begin it with customer_id,date,amount; a currency column is read, others are passed over.',
  );
}

function columnTwice(name: string) {
  return usageInvalid(
    `The file's first line names the column ${name} twice`,
    'Rename or remove the one that is not meant; which of them to read cannot be told.',
  );
}
