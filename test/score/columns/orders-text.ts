import { type OrderRules, type OrdersFile, OrderTable } from '../../../src/cli/order-table.ts';
import { dayText } from '../../../src/domain/day.ts';
import { CsvReader } from '../../../src/lib/csv.ts';

/** One row of orders: minor units with two digits after the point. */
export type Row = { readonly customer: string; readonly day: number; readonly minor: number };

export const decimal = (minor: number): string =>
  `${minor < 0 ? '-' : ''}${Math.floor(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;

/** A file as most are: nothing quoted. */
export function plainText(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ customer, day, minor }) => `${customer},${dayText(day)},${decimal(minor)}\n`,
  );
  return `customer_id,date,amount\n${lines.join('')}`;
}

/** The same rows with quotes about every field, as many programs write them. */
export function quotedText(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ customer, day, minor }) =>
      `"EUR","${customer}","","${decimal(minor)}","${dayText(day)}"\r\n`,
  );
  return `"currency","customer_id","a, b","amount","date"\r\n${lines.join('')}`;
}

/** The same rows written in every other way that means the same. */
export function oddText(rows: readonly Row[]): string {
  const lines = rows.map(({ customer, day, minor }, at) => {
    const amount =
      at % 3 === 0 ? `${minor}e-2` : at % 3 === 1 ? ` ${decimal(minor)} ` : decimal(minor);
    const date = at % 2 === 0 ? `${dayText(day)}T23:59:59+14:00` : `"${dayText(day)} 10:00"`;
    return `"a ""note"", of\ntwo lines",${amount},${date},"${customer}"\r\n`;
  });
  return `\uFEFFnote,Amount, DATE ,"customer_id"\r\n${lines.join('\r\n')}`;
}

/** Reads a text as the command line reads a file, in pieces of `size` bytes. */
export function readText(text: string, rules: OrderRules, size = 1 << 20): OrdersFile {
  const csv = new CsvReader();
  const table = new OrderTable(rules);
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    csv.space().set(piece);
    csv.filled(piece.length);
    table.addAll(csv);
  }
  csv.filled(0);
  table.addAll(csv);
  return table.close();
}
