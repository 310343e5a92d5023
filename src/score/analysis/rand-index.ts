/**
 * How far two partitions of the same things agree: the adjusted Rand index of their cross table
 * (Hubert & Arabie 1985). 1 is the same partition, 0 what chance gives; it can fall below. Two
 * partitions that cannot differ (all in one class each, or each thing alone) agree: 1.
 */
export function adjustedRandIndex(table: readonly (readonly number[])[]): number {
  const rows = table.map((row) => sum(row));
  const columns = (table[0] ?? []).map((_, at) => sum(table.map((row) => row[at] ?? 0)));
  const together = sum(table.flatMap((row) => row.map(pairs)));
  const [inRows, inColumns] = [sum(rows.map(pairs)), sum(columns.map(pairs))];
  const all = pairs(sum(rows));
  const expected = all === 0 ? 0 : (inRows / all) * inColumns;
  const most = (inRows + inColumns) / 2;
  return most === expected ? 1 : (together - expected) / (most - expected);
}

function pairs(size: number): number {
  return (size * (size - 1)) / 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
