import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { anyStep, type KillAt } from '../child/kill-at.ts';
import type { Outcome } from '../kit/part.ts';
import { difference } from './difference.ts';
import { type Ground, isDone, type Lived, lookAt, openPlace, writeConfig } from './life.ts';
import { type Ended, live, type Place } from './process.ts';
import type { Stand } from './stand.ts';

/** A rescoring that was killed leaves its scores as not yet planned; the next run compares them. */
const foundByTheNextRun = ['unplanned'] as const;

/** Processes that may follow until one ends well. */
const restarts = 4;

/**
 * Lives a phase again with a process killed at each of the points, one after the other, and restarted
 * until it ends; compares with the life that nothing interrupted.
 */
export async function killedAt(
  ground: Ground,
  lived: Lived,
  points: readonly KillAt[],
  signal: AbortSignal,
): Promise<Outcome> {
  const stand = await ground.openStand(lived.before.tape);
  const store = await ground.stores.copy(
    lived.before.store,
    `case_${randomUUID().slice(0, 13).replace('-', '_')}`,
  );
  const place = await openPlace(ground, stand, store.variables);
  try {
    await writeConfig(place, stand, lived.phase);
    return await killAndCompare({ stand, place, lived }, points, signal);
  } finally {
    await stand.close();
    await store.remove();
    await rm(place.folder, { recursive: true, force: true });
  }
}

type Living = { readonly stand: Stand; readonly place: Place; readonly lived: Lived };

async function killAndCompare(
  { stand, place, lived }: Living,
  points: readonly KillAt[],
  signal: AbortSignal,
): Promise<Outcome> {
  const { task } = lived;
  // What is played again to make it what it was is none of this phase.
  stand.takeWrites();
  const lives: Ended[] = [];
  for (const [at, killAt] of points.entries()) {
    const ended = await live(place, { task, killAt, isPictured: false }, signal);
    lives.push(ended);
    if (ended.killed) continue;
    const where = `${killAt.step} for the ${killAt.hit}. time`;
    // A second process may have less left to do than chance reckoned with.
    if (at > 0 && isDone(ended, lived.phase) && killAt.step === anyStep) break;
    return { status: 'mismatch', why: `never reached ${where}: ${toldBy(ended)}` };
  }
  const last = await untilDone({ place, lived }, signal);
  lives.push(last);
  if (!isDone(last, lived.phase))
    return { status: 'crash', why: `does not end well: ${toldBy(last)}` };
  if (last.picture === null) return { status: 'crash', why: 'left no picture of its store' };
  const look = lookAt(stand, last.picture);
  const why = difference(
    lived.after,
    look,
    task.kind === 'hear' && !task.isRunDue ? foundByTheNextRun : [],
  );
  return why === null
    ? { status: 'equal' }
    : { status: 'mismatch', why: `${why}\n${lives.map(stepsOf).join('\n')}` };
}

function stepsOf({ steps }: Ended, at: number): string {
  return `  life ${at + 1}: ${steps.join(' ')}`;
}

async function untilDone(
  { place, lived }: Pick<Living, 'place' | 'lived'>,
  signal: AbortSignal,
): Promise<Ended> {
  const order = { task: lived.task, killAt: null, isPictured: true };
  let ended = await live(place, order, signal);
  for (let again = 1; !isDone(ended, lived.phase) && again < restarts; again += 1)
    ended = await live(place, order, signal);
  return ended;
}

function toldBy({ code, said }: Ended): string {
  return `ended with ${code}: ${said.trim().split('\n').slice(-6).join(' | ')}`;
}
