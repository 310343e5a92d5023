import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const answer = z.looseObject({
  customers: z.number(),
  peakRssMb: z.number(),
  seconds: z.record(z.string(), z.number()),
});
const ourAnswer = answer.extend({ oneCustomerUs: z.number(), scoredRssMb: z.number() });

/** What one measured process said. */
export type Measured = z.output<typeof answer>;
export type MeasuredOurs = z.output<typeof ourAnswer>;

export async function runDuckdb(file: string): Promise<Measured> {
  return answer.parse(await runChild('duckdb.ts', file));
}

export async function runOurs(file: string): Promise<MeasuredOurs> {
  return ourAnswer.parse(await runChild('ours.ts', file));
}

/** Runs a script of this folder on the file; gives the JSON it prints. */
async function runChild(script: string, file: string): Promise<unknown> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const out: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  return JSON.parse(out.join(''));
}
