import { open } from 'node:fs/promises';
import { CsvReader, UnclosedQuote } from '../lib/csv.ts';
import { type OrderRules, type OrdersFile, OrderTable } from './order-table.ts';
import { usageInvalid } from './usage-invalid.ts';

/** At most half of what `CsvReader` has room for. */
const PIECE = 1 << 20;

/**
 * Reads a file of orders, see `OrderTable`, a few megabytes at a time.
 * @throws AssayError `USAGE_INVALID` when the file cannot be read or has no such columns.
 */
export async function readOrdersFile(
  file: string,
  rules: OrderRules,
  signal: AbortSignal,
): Promise<OrdersFile> {
  const table = new OrderTable(rules);
  try {
    await readInto(table, file, signal);
  } catch (error) {
    const isOfFile =
      error instanceof UnclosedQuote || (error instanceof Error && 'syscall' in error);
    if (!isOfFile) throw error;
    throw usageInvalid(`Cannot read ${file}: ${error.message}`, 'Name a CSV file of orders.');
  }
  return table.close();
}

/** The next piece is read while one is worked on. */
async function readInto(table: OrderTable, file: string, signal: AbortSignal): Promise<void> {
  const csv = new CsvReader();
  const piece = new Uint8Array(PIECE);
  await using handle = await open(file);
  const readPiece = async (): Promise<number> =>
    (await handle.read(piece, 0, PIECE, null)).bytesRead;
  let count = await readPiece();
  while (count > 0) {
    signal.throwIfAborted();
    csv.space().set(piece.subarray(0, count));
    csv.filled(count);
    const next = readPiece();
    table.addAll(csv);
    count = await next;
  }
  csv.filled(0);
  table.addAll(csv);
}
