import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Task } from '../child/live.ts';
import type { StorePicture } from '../child/store-picture.ts';
import { type Ended, live, type Place } from './process.ts';
import { type DeedName, days, type OpenStand, type Stand, type StandName } from './stand.ts';
import type { Stores } from './stores.ts';
import type { Tape } from './tape.ts';

/** One thing that happens in a life, and what people did right before. */
export type Phase = {
  readonly name: string;
  readonly deed: DeedName | null;
  /** `writes:` of the connection beside the usual. */
  readonly mode?: 'auto' | 'approve';
  readonly task: (told: Told) => Task;
  /** Said instead of an end: of a plan that waits, or when a process that was killed had done it all. */
  readonly alsoDone?: string;
};

type Told = {
  readonly hints: Extract<Task, { kind: 'hear' }>['hints'];
  /** The last run that applied a plan, and the last plan that waited for a word. */
  readonly lastRun: string;
  readonly lastHeld: string;
};

const command = (...args: readonly string[]): Task => ({ kind: 'command', args });

/** A life with Assay: each phase is one process, if nothing kills it. */
export const phases: readonly Phase[] = [
  { name: 'provision', deed: null, task: () => command('provision') },
  { name: 'full', deed: null, task: () => command('run', '--as-of', days.first) },
  {
    ...{ name: 'rescore', deed: 'a few buy' },
    task: ({ hints }) => ({ kind: 'hear', hints, isRunDue: false, asOf: days.first }),
  },
  {
    ...{ name: 'delta', deed: 'a day of changes' },
    task: () => ({ kind: 'hear', hints: [], isRunDue: true, asOf: days.second }),
  },
  {
    ...{ name: 'rollback', deed: null, alsoDone: 'ROLLBACK_EMPTY' },
    task: ({ lastRun }) => command('rollback', lastRun, '--apply', '--why', 'to see'),
  },
  {
    ...{ name: 'resume', deed: null },
    task: () => command('resume', 'main', '--why', 'it was right'),
  },
  {
    ...{ name: 'propose', deed: 'others buy', mode: 'approve', alsoDone: 'PLAN_HELD' },
    task: () => command('run', '--as-of', days.second),
  },
  {
    ...{ name: 'approve', deed: null, mode: 'approve', alsoDone: 'PLAN_NOT_HELD' },
    task: ({ lastHeld }) => command('approve', lastHeld, '--why', 'it is right'),
  },
  {
    ...{ name: 'write', deed: null, mode: 'approve', alsoDone: 'PLAN_NOT_READY' },
    task: ({ lastHeld }) => command('apply', lastHeld),
  },
];

/** What of a life Zoho's bulk jobs make another: much is written, and taken back. */
export const bulkPhases: readonly Phase[] = [
  ...phases.filter(({ name }) => name === 'provision'),
  { name: 'full', deed: null, task: () => command('run', '--as-of', days.before) },
  ...phases.filter(({ name }) => name === 'delta' || name === 'rollback'),
];

/** What a life looks like at the end of a phase, from outside. */
export type Look = {
  readonly portal: Readonly<Record<string, unknown>>;
  readonly store: StorePicture['views'];
  /** In this phase. */
  readonly writes: Readonly<Record<string, number>>;
};

/** A phase that nothing interrupted, with all that is needed to live it again. */
export type Lived = {
  readonly phase: Phase;
  readonly task: Task;
  /** What was before: the store by its name, the CRM by its tape. */
  readonly before: { readonly store: string; readonly tape: Tape };
  readonly steps: readonly string[];
  readonly after: Look;
};

/** Where lives are lived: an engine's stores and a CRM's sandboxes. */
export type Ground = {
  readonly name: StandName;
  readonly phases: readonly Phase[];
  readonly stores: Stores;
  readonly openStand: OpenStand;
  readonly scratch: string;
};

/** Lives through all phases once, and keeps what was before each. */
export async function liveThrough(ground: Ground, signal: AbortSignal): Promise<readonly Lived[]> {
  const stand = await ground.openStand([]);
  const own = `${ground.name}_life`;
  const store = await ground.stores.empty(own);
  const place = await openPlace(ground, stand, store.variables);
  const lived: Lived[] = [];
  let last = { lastRun: '', lastHeld: '' };
  try {
    for (const phase of ground.phases) {
      const { name, deed, task } = phase;
      await writeConfig(place, stand, phase);
      const hints = deed === null ? [] : stand.act(deed);
      const before = { store: `${ground.name}_before_${name}`, tape: stand.tape() };
      await (lived.length === 0
        ? ground.stores.empty(before.store)
        : ground.stores.copy(own, before.store));
      stand.takeWrites();
      const order = { task: task({ hints, ...last }), killAt: null, isPictured: true };
      const ended = await live(place, order, signal);
      const { steps, picture, said } = ended;
      if (!isDone(ended, phase) || picture === null)
        throw new Error(`${ground.name}: ${name} did not end well by itself: ${said}`);
      last = { lastRun: picture.lastRun ?? '', lastHeld: picture.lastHeld ?? '' };
      const after = lookAt(stand, picture);
      lived.push({ phase, task: order.task, before, steps, after });
    }
    return lived;
  } finally {
    await stand.close();
    await store.remove();
    await rm(place.folder, { recursive: true, force: true });
  }
}

/** What a killed process had done to the end is refused the second time. */
export function isDone({ code, said }: Ended, { alsoDone }: Phase): boolean {
  return code === 0 || (alsoDone !== undefined && said.includes(alsoDone));
}

export function lookAt(stand: Stand, { views: store }: StorePicture): Look {
  return { portal: stand.picture(), store, writes: stand.takeWrites() };
}

/** A folder for processes to run in. */
export async function openPlace(
  { scratch }: Ground,
  { variables }: Stand,
  store: Readonly<Record<string, string>>,
): Promise<Place> {
  const folder = await mkdtemp(join(scratch, 'place-'));
  await mkdir(join(folder, 'config'));
  return { folder, variables: { ...variables, ...store } };
}

/** One connection; a canary of a few, so that a small base has one. */
export async function writeConfig(
  { folder }: Place,
  { crm, settings }: Stand,
  { mode = 'auto' }: Pick<Phase, 'mode'>,
): Promise<void> {
  const config = { connections: { main: { crm, settings, writes: { mode, canary: 20 } } } };
  await writeFile(join(folder, 'config', 'assay.yaml'), JSON.stringify(config));
}
