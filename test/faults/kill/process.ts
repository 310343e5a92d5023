import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KillAt } from '../child/kill-at.ts';
import type { Living, Task } from '../child/live.ts';
import type { StorePicture } from '../child/store-picture.ts';

const entry = fileURLToPath(new URL('../child/live.ts', import.meta.url));
const policy = fileURLToPath(new URL('../../../config/policy.yaml', import.meta.url));

/** Most of PGlite is never called in so short a life: its code is compiled when it is, and once. */
const lightly = ['--wasm-lazy-compilation', '--liftoff-only'];

export type Ended = {
  readonly code: number | null;
  readonly killed: boolean;
  readonly steps: readonly string[];
  readonly picture: StorePicture | null;
  /** All that it said. */
  readonly said: string;
};

export type Place = {
  /** Where `config/assay.yaml` is. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
};

type Order = { readonly task: Task; readonly killAt: KillAt | null; readonly isPictured: boolean };

/** One process of a life, until it ends or is killed. */
export async function live(place: Place, order: Order, signal: AbortSignal): Promise<Ended> {
  const stepsInto = join(place.folder, 'steps');
  const picture = join(place.folder, 'picture');
  const { task, killAt } = order;
  const living: Living = {
    task,
    killAt,
    stepsInto,
    pictureInto: order.isPictured ? picture : null,
  };
  const child = spawn(process.execPath, [...lightly, entry, JSON.stringify(living)], {
    cwd: place.folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      ASSAY_POLICY: policy,
      NODE_COMPILE_CACHE: join(tmpdir(), 'assay-faults-compiled'),
      ...place.variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  });
  const lines: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  const [code, killedBy] = await new Promise<[number | null, NodeJS.Signals | null]>(
    (resolve, reject) => {
      child.once('error', reject);
      child.once('close', (...ended) => resolve(ended));
    },
  );
  const killed = killedBy === 'SIGKILL';
  const said = lines.join('');
  return {
    code,
    killed,
    said,
    steps: await linesOf(stepsInto),
    picture: await pictureIn(picture),
  };
}

async function linesOf(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  await rm(path, { force: true });
  return text.split('\n').filter((line) => line !== '');
}

async function pictureIn(path: string): Promise<StorePicture | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  await rm(path, { force: true });
  return text === null ? null : JSON.parse(text);
}
