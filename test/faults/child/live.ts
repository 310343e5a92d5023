import { writeFileSync } from 'node:fs';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { Hint } from '../../../src/domain/hint.ts';
import { hear } from './hear.ts';
import { type KillAt, listen } from './kill-at.ts';
import { storePicture } from './store-picture.ts';

/** What one process of a life does: a command, or what a worker's queue says. */
export type Task = { readonly kind: 'command'; readonly args: readonly string[] } | Heard;

/** What the queue of a worker says: webhooks, or that a run is due. */
export type Heard = {
  readonly kind: 'hear';
  readonly hints: readonly Hint[];
  readonly isRunDue: boolean;
  readonly asOf: string;
};

export type Living = {
  readonly task: Task;
  readonly killAt: KillAt | null;
  readonly stepsInto: string;
  /** Where what the store holds afterwards is written; `null`: nowhere. */
  readonly pictureInto: string | null;
};

/** The command line as it is, in a process that may be killed at any step. */
const living: Living = JSON.parse(process.argv[2] ?? '');
listen(living.killAt, living.stepsInto);
const { task, pictureInto } = living;
const code = task.kind === 'command' ? await runCli(task.args) : await hear(task);
if (pictureInto !== null) writeFileSync(pictureInto, JSON.stringify(await storePicture()));
process.exitCode = code;
