import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Task } from '../child/live.ts';
import type { StorePicture } from '../child/store-picture.ts';
import { live, type Place } from './process.ts';
import { type CrmName, type DeedName, days, type OpenStand, type Stand } from './stand.ts';
import type { Stores } from './stores.ts';
import type { Tape } from './tape.ts';

/** One thing that happens in a life, and what people did right before. */
export type Phase = {
  readonly name: string;
  readonly deed: DeedName | null;
  readonly task: (told: Told) => Task;
};

type Told = { readonly hints: Parameters<typeof heard>[0]; readonly lastRun: string };

const heard = (hints: Extract<Task, { kind: 'hear' }>['hints']): Task => ({
  ...{ kind: 'hear', hints, asOf: days.first },
});
const command = (...args: readonly string[]): Task => ({ kind: 'command', args });

/** A life with Assay: each phase is one process, if nothing kills it. */
export const phases: readonly Phase[] = [
  { name: 'provision', deed: null, task: () => command('provision') },
  { name: 'full', deed: null, task: () => command('run', '--as-of', days.first) },
  { name: 'rescore', deed: 'a few buy', task: ({ hints }) => heard(hints) },
  {
    ...{ name: 'delta', deed: 'a day of changes' },
    task: () => command('run', '--as-of', days.second),
  },
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
  readonly phase: string;
  readonly task: Task;
  /** What was before: the store by its name, the CRM by its tape. */
  readonly before: { readonly store: string; readonly tape: Tape };
  readonly steps: readonly string[];
  readonly after: Look;
};

/** Where lives are lived: an engine's stores and a CRM's sandboxes. */
export type Ground = {
  readonly crm: CrmName;
  readonly stores: Stores;
  readonly openStand: OpenStand;
  readonly scratch: string;
};

/** Lives through all phases once, and keeps what was before each. */
export async function liveThrough(ground: Ground, signal: AbortSignal): Promise<readonly Lived[]> {
  const stand = await ground.openStand([]);
  const own = `${ground.crm}_life`;
  const store = await ground.stores.empty(own);
  const place = await openPlace(ground, stand, store.variables);
  const lived: Lived[] = [];
  let lastRun = '';
  try {
    for (const { name, deed, task } of phases) {
      const hints = deed === null ? [] : stand.act(deed);
      const before = { store: `${ground.crm}_before_${name}`, tape: stand.tape() };
      await (lived.length === 0
        ? ground.stores.empty(before.store)
        : ground.stores.copy(own, before.store));
      stand.takeWrites();
      const order = { task: task({ hints, lastRun }), killAt: null, isPictured: true };
      const { code, steps, picture, said } = await live(place, order, signal);
      if (code !== 0 || picture === null)
        throw new Error(`${ground.crm}: ${name} ended with ${code} by itself: ${said}`);
      lastRun = picture.lastRun ?? lastRun;
      const after = lookAt(stand, picture);
      lived.push({ phase: name, task: order.task, before, steps, after });
    }
    return lived;
  } finally {
    await stand.close();
    await store.remove();
    await rm(place.folder, { recursive: true, force: true });
  }
}

export function lookAt(stand: Stand, { views: store }: StorePicture): Look {
  return { portal: stand.picture(), store, writes: stand.takeWrites() };
}

/** A folder with `config/assay.yaml` for one connection. */
export async function openPlace(
  { crm, scratch }: Ground,
  { settings, variables }: Stand,
  store: Readonly<Record<string, string>>,
): Promise<Place> {
  const folder = await mkdtemp(join(scratch, 'place-'));
  await mkdir(join(folder, 'config'));
  const config = { connections: { main: { crm, settings } } };
  await writeFile(join(folder, 'config', 'assay.yaml'), JSON.stringify(config));
  return { folder, variables: { ...variables, ...store } };
}
