import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { assayFlags } from '../kit/assay-flags.ts';

const root = resolve(import.meta.dirname, '../..');

const logLine = z.looseObject({
  time: z.number(),
  msg: z.string(),
  connection: z.string().optional(),
});

/** A line of a worker's log, with the worker it is of. */
export type WorkerEvent = {
  readonly worker: number;
  readonly at: number;
  readonly event: string;
  readonly connection: string | null;
};

export type Workers = {
  /** What they logged so far. */
  readonly events: () => readonly WorkerEvent[];
  /** Told to end by SIGTERM; resolves when all have. */
  readonly stop: () => Promise<void>;
};

export type WorkersOptions = {
  readonly count: number;
  readonly parallel: number;
  readonly config: string;
  readonly variables: Readonly<Record<string, string>>;
};

/** `assay worker`, as its users start it; resolves when all are ready for work. */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const events: WorkerEvent[] = [];
  const all = Array.from({ length: options.count }, (_, worker) =>
    startWorker(options, (event) => events.push({ worker, ...event })),
  );
  await Promise.all(all.map(({ ready }) => ready));
  return {
    events: () => events,
    stop: async () => {
      for (const { child } of all) child.kill('SIGTERM');
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}

function startWorker(
  { parallel, config, variables }: WorkersOptions,
  onEvent: (event: Omit<WorkerEvent, 'worker'>) => void,
) {
  const main = join(root, 'src/cli/main.ts');
  const words = ['worker', '--parallel', String(parallel), '--config', config];
  const child = spawn(process.execPath, [...assayFlags, main, ...words], {
    cwd: root,
    env: { ...process.env, ...variables, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ready = Promise.withResolvers<void>();
  const ended = new Promise<void>((done) => {
    child.on('close', (code) => {
      ready.reject(new Error(`assay worker ended with ${code}`));
      done();
    });
  });
  createInterface(child.stderr).on('line', (line) => {
    if (line.startsWith('Assay works')) ready.resolve();
    const read = logLine.safeParse(parse(line));
    if (!read.success) return;
    const { time: at, msg: event, connection = null } = read.data;
    onEvent({ at, event, connection });
  });
  return { child, ready: ready.promise, ended };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
