import { createReadStream } from 'node:fs';
import { csvRecords, UnclosedQuote } from '../lib/csv.ts';
import type { Orders } from '../score/clv/history.ts';
import { Column } from '../score/column.ts';
import { orderRowReader } from './order-row.ts';
import { RowTally, type TalliedRows } from './row-tally.ts';
import { usageInvalid } from './usage-invalid.ts';

/** What stood in a file of orders. */
type OrdersFile = {
  readonly orders: Orders;
  /** Rows that are not used as orders, by cause. */
  readonly leftOut: readonly TalliedRows[];
};

const needed = ['customer_id', 'date', 'amount'] as const;

/**
 * Reads `customer_id,date,amount[,currency,…]`; columns may stand in any order, others are passed
 * over. Rows of another currency than the most frequent are left out. Refunds are kept, and told.
 * @throws AssayError `USAGE_INVALID` when the file cannot be read or has no such columns.
 */
export async function readOrdersFile(
  file: string,
  asOf: number,
  signal: AbortSignal,
): Promise<OrdersFile> {
  const columns = new OrderColumns(asOf);
  try {
    const text = createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 18, signal });
    for await (const records of csvRecords(text))
      for (const { line, fields } of records) columns.add(line, fields);
  } catch (error) {
    const isOfFile =
      error instanceof UnclosedQuote || (error instanceof Error && 'syscall' in error);
    if (!isOfFile) throw error;
    throw usageInvalid(`Cannot read ${file}: ${error.message}`, 'Name a CSV file of orders.');
  }
  return columns.read();
}

/** The columns as rows come. */
class OrderColumns {
  readonly #readRow: ReturnType<typeof orderRowReader>;
  readonly #tally = new RowTally();
  readonly #customers = new Map<string, number>();
  readonly #currencies = new Map<string, number>();
  readonly #columns = {
    customer: new Column(),
    day: new Column(),
    amount: new Column(),
    currency: new Column(),
    line: new Column(),
  };
  #header: readonly string[] | null = null;
  #at = { customer: -1, date: -1, amount: -1, currency: -1 };

  constructor(asOf: number) {
    this.#readRow = orderRowReader(asOf);
  }

  add(line: number, fields: readonly string[]): void {
    if (this.#header === null) this.#readHeader(fields);
    else this.#addRow(line, fields);
  }

  #addRow(line: number, fields: readonly string[]): void {
    const field = (at: number): string => (fields[at] ?? '').trim();
    const { customer, date, amount, currency } = this.#at;
    const row = this.#readRow(field(customer), field(date), field(amount));
    if (typeof row === 'string') {
      this.#tally.add(row, line);
      return;
    }
    this.#columns.customer.push(numbered(this.#customers, row.customer));
    this.#columns.day.push(row.day);
    this.#columns.amount.push(row.amount);
    this.#columns.currency.push(numbered(this.#currencies, field(currency).toUpperCase()));
    this.#columns.line.push(line);
    if (row.amount < 0) this.#tally.add('are refunds, not orders', line);
  }

  #readHeader(fields: readonly string[]): void {
    const header = fields.map((field) => field.trim().toLowerCase());
    const missing = needed.filter((name) => !header.includes(name));
    if (missing.length > 0) throw columnsMissing(missing);
    const [customer, date, amount] = needed.map((name) => header.indexOf(name));
    const currency = header.indexOf('currency');
    this.#header = header;
    this.#at = { customer: customer ?? -1, date: date ?? -1, amount: amount ?? -1, currency };
  }

  read(): OrdersFile {
    if (this.#header === null) throw columnsMissing(needed);
    const { customer, day, amount, currency, line } = this.#columns;
    const currencies = currency.values();
    const kept = mostFrequent(currencies);
    const name = [...this.#currencies.keys()][kept] ?? '';
    const isKept = (_: number, row: number): boolean => currencies[row] === kept;
    for (const [row, code] of currencies.entries())
      if (code !== kept)
        this.#tally.add(`are not in ${name || 'the currency of most'}`, line.values()[row] ?? 0);
    return {
      orders: {
        customer: Uint32Array.from(customer.values().filter(isKept)),
        day: Int32Array.from(day.values().filter(isKept)),
        amount: amount.values().filter(isKept),
      },
      leftOut: this.#tally.rows(),
    };
  }
}

/** The number of a text: a new one is the next. */
function numbered(numbers: Map<string, number>, text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  // A part of a piece of the file would keep the whole piece in memory.
  numbers.set(Buffer.from(text).toString(), numbers.size);
  return numbers.size - 1;
}

/** The value that stands most often; the first of equal ones. */
function mostFrequent(values: Float64Array): number {
  const counts: number[] = [];
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
}

function columnsMissing(names: readonly string[]) {
  return usageInvalid(
    `The file's first line does not name the column ${names.join(', ')}`,
    'Begin it with customer_id,date,amount; a currency column is read, others are passed over.',
  );
}
