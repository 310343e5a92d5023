import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');
const ready = z.object({ url: z.string() });
const runs = z.object({
  runs: z.array(
    z.looseObject({
      plan: z.looseObject({ summary: z.looseObject({ changes: z.number() }) }).nullable(),
    }),
  ),
});

/** Assay as its users run it: `assay serve` beside commands of its own, on one Postgres. */
export type Serving = {
  readonly provision: () => Promise<void>;
  /** Returns how many changes it found to write. */
  readonly run: () => Promise<number>;
  readonly serve: () => Promise<{ readonly url: string; readonly stop: () => Promise<void> }>;
};

type ServingOptions = {
  readonly databaseUrl: string;
  readonly port: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, string>>;
};

export async function openServing(options: ServingOptions): Promise<Serving> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  const config = join(folder, 'assay.yaml');
  const connection = { crm: 'hubspot', settings: options.settings };
  await writeFile(config, stringify({ connections: { main: connection } }));
  const env = {
    ...process.env,
    ...options.variables,
    DATABASE_URL: options.databaseUrl,
    ASSAY_PUBLIC_URL: `http://127.0.0.1:${options.port}`,
    ASSAY_SECRET_KEY: randomBytes(32).toString('base64'),
  };
  const start = (...words: readonly string[]) =>
    spawn(
      process.execPath,
      [join(root, 'src/cli/main.ts'), ...words, '--config', config, '--json'],
      { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] },
    );
  const ended = async (...words: readonly string[]): Promise<string> => {
    const child = start(...words);
    const [stdout, code] = await Promise.all([
      text(child.stdout),
      new Promise<number | null>((done) => child.on('close', done)),
    ]);
    if (code !== 0) throw new Error(`assay ${words.join(' ')} ended with ${code}: ${stdout}`);
    return stdout;
  };
  return {
    provision: async () => {
      await ended('provision');
    },
    run: async () => {
      const [report] = runs.parse(JSON.parse(await ended('run'))).runs;
      return report?.plan?.summary.changes ?? 0;
    },
    serve: async () => {
      const child = start('serve', '--port', String(options.port));
      const { promise, resolve: isReady, reject } = Promise.withResolvers<string>();
      child.on('exit', (code) => reject(new Error(`assay serve ended with ${code}`)));
      let printed = '';
      createInterface({ input: child.stdout }).on('line', (line) => {
        printed += line;
        const parsed = readyIn(printed);
        if (parsed !== null) isReady(parsed);
      });
      const url = await promise;
      return {
        url,
        stop: async () => {
          const gone = new Promise<void>((done) => child.once('exit', () => done()));
          child.kill('SIGTERM');
          await gone;
        },
      };
    },
  };
}

function readyIn(printed: string): string | null {
  try {
    return ready.parse(JSON.parse(printed)).url;
  } catch {
    return null;
  }
}
