import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateOrders } from './score/generate-orders.ts';
import { type Measured, runDuckdb, runOurs } from './score/run-child.ts';

/**
 * From a CSV of orders to R, F, M, tier and loyalty of everybody, and what the models expect of each,
 * beside DuckDB with one thread doing load, aggregate and quintiles on the same file. Each is a
 * process of its own, in turns; medians of all turns count, since machines are noisy. The last line is
 * one JSON document.
 */
const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '1000000' },
    orders: { type: 'string', default: '10000000' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
    /** Keeps the file for the next time. */
    keep: { type: 'boolean', default: false },
  },
});

const customers = Number(values.customers);
const orders = Number(values.orders);
const seed = Number(values.seed);
if (!(customers > 0 && orders >= customers))
  throw new RangeError('--customers must be above 0, --orders no fewer');

const folder = join(tmpdir(), 'assay-bench-score');
const file = join(folder, `orders-${customers}-${orders}-${seed}.csv`);
mkdirSync(folder, { recursive: true });
process.once('exit', () => {
  if (!values.keep) rmSync(file, { force: true });
});
if (!existsSync(file)) {
  process.stderr.write(`writing ${file}\n`);
  generateOrders(`${file}.part`, { customers, orders, seed });
  renameSync(`${file}.part`, file);
}

const ours: Awaited<ReturnType<typeof runOurs>>[] = [];
const duckdb: Measured[] = [];
for (let round = 0; round < Number(values.rounds); round += 1) {
  duckdb.push(await runDuckdb(file));
  ours.push(await runOurs(file));
  process.stderr.write(`${JSON.stringify({ duckdb: duckdb.at(-1), ours: ours.at(-1) })}\n`);
}

const scoring = ['load', 'aggregate', 'quintiles'];
const our = stagesOf(ours);
const duck = stagesOf(duckdb);
const load = duck['load'] ?? Number.NaN;
const document = {
  customers,
  orders,
  ours: { ...our, total: totalOf(ours) },
  duckdb: { ...duck, total: totalOf(duckdb) },
  ratio: median(ours.map((one, round) => sumOf(one) / sumOf(duckdb[round]))),
  fitRatio: (our['fit'] ?? Number.NaN) / load,
  predictRatio: (our['predict'] ?? Number.NaN) / load,
  oneCustomerUs: median(ours.map((one) => one.oneCustomerUs)),
  peakRssMb: Math.max(...ours.map(({ peakRssMb }) => peakRssMb)),
};
process.stdout.write(`${JSON.stringify(document, (_, value) => rounded(value))}\n`);

/** Median seconds of each stage. */
function stagesOf(measured: readonly Measured[]): Readonly<Record<string, number>> {
  const names = Object.keys(measured[0]?.seconds ?? {});
  return Object.fromEntries(
    names.map((name) => [name, median(measured.map(({ seconds }) => seconds[name] ?? Number.NaN))]),
  );
}

function totalOf(measured: readonly Measured[]): number {
  return median(measured.map(sumOf));
}

/** From the file to everybody's scores. */
function sumOf(measured: Measured | undefined): number {
  return scoring.reduce((sum, stage) => sum + (measured?.seconds[stage] ?? Number.NaN), 0);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}
