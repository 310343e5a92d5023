import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';

/** In place of a step's name: whichever comes. */
export const anyStep = '*';

/** Where a process is to die: at the `hit`th time, from 1, that it reaches the step. */
export type KillAt = { readonly step: string; readonly hit: number };

/** Listens to the steps of this process: each is noted in the file, at `killAt` it is killed. */
export function listen(killAt: KillAt | null, noteInto: string): void {
  let hits = 0;
  subscribe('assay:step', (name) => {
    appendFileSync(noteInto, `${String(name)}\n`);
    if (killAt === null || (killAt.step !== anyStep && killAt.step !== name)) return;
    hits += 1;
    if (hits === killAt.hit) process.kill(process.pid, 'SIGKILL');
  });
}
