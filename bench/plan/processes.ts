import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { Tenant } from '../calls/tenant.ts';
import { assayFlags } from '../kit/assay-flags.ts';
import { watchPeak } from '../kit/peak-rss.ts';

const root = resolve(import.meta.dirname, '../..');
/** Of what a process prints no more is kept: a plan of a base is hundreds of megabytes. */
const keptCharacters = 100_000;

const planned = z.object({
  ms: z.number(),
  id: z.string(),
  status: z.string(),
  changes: z.number(),
});
export type PlannedOnce = z.output<typeof planned> & { readonly peakRssMb: number };

export type Ended = {
  /** Its beginning. */
  readonly stdout: string;
  readonly printedMb: number;
  readonly ms: number;
  readonly peakRssMb: number;
};

/** One Assay whose plans wait for approval; each step is a process of its own. */
export type PlanProcesses = {
  readonly folder: string;
  readonly assay: (...words: readonly string[]) => Promise<Ended>;
  readonly plan: (...words: readonly string[]) => Promise<PlannedOnce>;
  readonly close: () => Promise<void>;
};

export async function openProcesses(
  { settings, variables }: Pick<Tenant, 'settings' | 'variables'>,
  databaseUrl: string,
): Promise<PlanProcesses> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-bench-plan-'));
  const config = join(folder, 'assay.yaml');
  const main = { crm: 'hubspot', settings, writes: { mode: 'approve' } };
  await writeFile(config, stringify({ connections: { main } }));
  const secret = randomBytes(32).toString('base64');
  const environment = { ...variables, DATABASE_URL: databaseUrl, ASSAY_SECRET_KEY: secret };
  const run = (file: string, words: readonly string[]) =>
    ended([...assayFlags, join(root, file), ...words, '--config', config], environment);
  return {
    folder,
    assay: async (...words) => await run('src/cli/main.ts', words),
    plan: async (...words) => {
      const { stdout, peakRssMb } = await run('bench/plan/plan-child.ts', words);
      return { ...planned.parse(JSON.parse(stdout)), peakRssMb };
    },
    close: async () => await rm(folder, { recursive: true, force: true }),
  };
}

async function ended(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const since = performance.now();
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const peak = watchPeak(child.pid ?? 0);
  let stdout = '';
  let characters = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    characters += text.length;
    if (stdout.length < keptCharacters) stdout += text;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  const peakRssMb = peak();
  if (code !== 0) throw new Error(`${words.slice(1).join(' ')} ended with ${code}: ${stdout}`);
  const printedMb = Math.round(characters / 1e6);
  return { stdout, printedMb, ms: Math.round(performance.now() - since), peakRssMb };
}
