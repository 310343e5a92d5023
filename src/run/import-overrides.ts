import type { OverrideFamily } from '../domain/override.ts';
import type { LocalDay } from '../domain/time.ts';
import { chunk } from '../lib/chunk.ts';
import type { NamedCustomer, NewOverride, OverridesSet } from '../store/override-store.ts';
import type { RunContext } from './context.ts';
import { customerText, today, wordOf } from './overrides.ts';
import { checkOverride, type WantedOverride } from './wanted-override.ts';

/** Names looked up at once. */
const namesAtOnce = 1_000;

/** A row of a file, with the line it begins in. */
export type OverrideRow = WantedOverride & { readonly customer: string; readonly line: number };

/** What is wrong in a line. */
export type RowProblem = { readonly line: number; readonly message: string };

export type ImportReport = {
  readonly rows: number;
  readonly problems: readonly RowProblem[];
  /** Rows whose last day is over: kept, without effect. */
  readonly lapsed: number;
  /** `null`: only checked, or refused. */
  readonly effect: OverridesSet | null;
};

type Ground = Pick<RunContext, 'connection' | 'store' | 'policy' | 'actor' | 'clock'>;

/**
 * Decides what the rows say, all of them or, if one is wrong, none. The same rows once more, or in
 * another order, change nothing.
 */
export async function importOverrides(
  ctx: Ground,
  rows: readonly OverrideRow[],
  { checkOnly }: { readonly checkOnly: boolean },
): Promise<ImportReport> {
  const known = await customersOf(ctx, rows);
  const checked = rows.map((row) => checkRow(ctx, row, known.get(row.customer) ?? []));
  const good = checked.flatMap(({ override }) => override ?? []);
  const problems = [...checked.flatMap((one) => one.problems), ...doubles(good)].toSorted(
    (one, other) => one.line - other.line,
  );
  const report = { rows: rows.length, problems, lapsed: lapsedBy(good, await today(ctx)) };
  if (checkOnly || problems.length > 0) return { ...report, effect: null };
  const kept = good.map(({ line: _line, ...row }) => row);
  const effect = await ctx.store.overrides.set(ctx.connection, kept, wordOf(ctx));
  return { ...report, effect };
}

type Customers = ReadonlyMap<string, readonly NamedCustomer[]>;

async function customersOf(
  { connection, store }: Ground,
  rows: readonly OverrideRow[],
): Promise<Customers> {
  const found: NamedCustomer[] = [];
  for (const some of chunk([...new Set(rows.map(({ customer }) => customer))], namesAtOnce))
    found.push(...(await store.overrides.named(connection, some)));
  return Map.groupBy(found, ({ called }) => called);
}

type NewRow = NewOverride & { readonly line: number };

type CheckedRow = { readonly override: NewRow | null; readonly problems: readonly RowProblem[] };

function checkRow(
  { policy }: Ground,
  row: OverrideRow,
  customers: readonly NamedCustomer[],
): CheckedRow {
  const { line } = row;
  const checked = checkOverride(row, policy);
  const found = [
    ...customerProblems(row, customers),
    ...(checked.status === 'bad' ? checked.problems : []),
  ];
  const [only] = customers;
  if (only === undefined || checked.status === 'bad' || found.length > 0)
    return { override: null, problems: found.map((message) => ({ line, message })) };
  const override = { ...checked.override, line, customer: only.id, source: 'csv' as const };
  return { override, problems: [] };
}

function customerProblems(
  { customer }: OverrideRow,
  found: readonly NamedCustomer[],
): readonly string[] {
  if (customer === '') return ['the customer is missing'];
  if (found.length === 0) return [`there is no customer "${customer}"`];
  if (found.length === 1) return [];
  const shown = found.slice(0, 5).map(customerText).join('; ');
  return [`"${customer}" is said of ${found.length} customers: ${shown}`];
}

/** Of two rows for one customer and family, which counts would hang on their order. */
function doubles(rows: readonly NewRow[]): readonly RowProblem[] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ customer, family, line }) => {
    const place = placeOf(customer, family);
    const first = seen.get(place);
    if (first === undefined) {
      seen.set(place, line);
      return [];
    }
    return [{ line, message: `decides ${family} of the customer of line ${first} once more` }];
  });
}

function placeOf(customer: string, family: OverrideFamily): string {
  return `${family}/${customer}`;
}

function lapsedBy(rows: readonly NewRow[], day: LocalDay): number {
  return rows.filter(({ until }) => until !== null && until < day).length;
}
