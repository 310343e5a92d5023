import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import { z } from 'zod';
import { assayFlags } from '../kit/assay-flags.ts';
import { watchPeak } from '../kit/peak-rss.ts';
import type { Tenant } from './tenant.ts';

const root = resolve(import.meta.dirname, '../..');

/** What the benchmark needs of a run's report. */
const runReport = z.looseObject({
  runId: z.string(),
  outcome: z.string(),
  plan: z.looseObject({ summary: z.looseObject({ changes: z.number() }) }).nullable(),
  score: z.looseObject({ scored: z.number() }).nullable(),
});
const runs = z.object({ runs: z.array(runReport) });
export type BenchReport = z.output<typeof runReport>;

/** One finished process and the most memory it ever held. */
export type Finished = { readonly stdout: string; readonly peakRssMb: number };

/** Runs `assay` as its users do, against one CRM and one database. */
export type Assay = {
  readonly provision: () => Promise<Finished>;
  readonly run: (
    asOf: string,
  ) => Promise<{ readonly report: BenchReport; readonly peakRssMb: number }>;
  /** Puts back what that run wrote, at once. */
  readonly rollback: (run: string) => Promise<Finished>;
};

export type AssayOptions = {
  readonly crm: string;
  readonly tenant: Pick<Tenant, 'settings' | 'variables'>;
  readonly databaseUrl: string;
};

export async function openAssay(options: AssayOptions): Promise<Assay> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  const config = join(folder, 'assay.yaml');
  await writeFile(config, configText(options));
  const variables = {
    ...options.tenant.variables,
    DATABASE_URL: options.databaseUrl,
    // Tokens are kept between runs, as in production.
    ASSAY_SECRET_KEY: randomBytes(32).toString('base64'),
  };
  const assay = (words: readonly string[]) =>
    runProcess(
      [...assayFlags, join(root, 'src/cli/main.ts'), ...words, '--config', config, '--json'],
      variables,
    );
  return {
    provision: () => assay(['provision']),
    run: async (asOf) => {
      const { stdout, peakRssMb } = await assay(['run', '--as-of', asOf]);
      return { report: reportIn(stdout), peakRssMb };
    },
    rollback: (run) => assay(['rollback', run, '--apply', '--why', 'bench']),
  };
}

function configText({ crm, tenant: { settings } }: AssayOptions): string {
  return stringify({ connections: { main: { crm, settings } } });
}

function reportIn(stdout: string): BenchReport {
  const document = runs.parse(JSON.parse(stdout));
  const [report] = document.runs;
  if (report === undefined) throw new Error(`No run in: ${stdout}`);
  return report;
}

async function runProcess(
  words: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<Finished> {
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const peak = watchPeak(child.pid ?? 0);
  const [stdout, code] = await Promise.all([
    text(child.stdout),
    new Promise<number | null>((done) => child.on('close', done)),
  ]);
  const peakRssMb = peak();
  if (code !== 0)
    throw new Error(
      `assay ${words.slice(assayFlags.length + 1).join(' ')} ended with ${code}: ${stdout}`,
    );
  return { stdout, peakRssMb };
}
