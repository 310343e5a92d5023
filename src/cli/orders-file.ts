import { open } from 'node:fs/promises';
import { CsvReader, UnclosedQuote } from '../lib/csv.ts';
import { type OrderRules, type OrdersFile, OrderTable } from './order-table.ts';
import { usageInvalid } from './usage-invalid.ts';

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

async function readInto(table: OrderTable, file: string, signal: AbortSignal): Promise<void> {
  const csv = new CsvReader();
  await using handle = await open(file);
  for (let isEnd = false; !isEnd; ) {
    signal.throwIfAborted();
    const space = csv.space();
    const { bytesRead } = await handle.read(space, 0, space.length, null);
    csv.filled(bytesRead);
    table.addAll(csv);
    isEnd = bytesRead === 0;
  }
}
