import { buyOn } from '../../sandbox/hubspot/purchase-day.ts';
import type { Hint } from '../../src/domain/hint.ts';
import { type HolderDeps, workConnection } from '../../src/jobs/holder.ts';
import type { WorkMessage } from '../../src/jobs/work-queue.ts';
import type { WorkSettings } from '../../src/jobs/work-settings.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Logger } from '../../src/lib/logger.ts';
import { AS_OF, openWorkbench, type Workbench, type WorkbenchOptions } from '../run/workbench.ts';
import { hintsOf } from './portal-hints.ts';

/** Nobody waits in a test that is not about waiting. */
export const eager: WorkSettings = { debounceMs: 0, maxWaitMs: 1_000, restMs: 0, sliceMs: 300_000 };

/** A workbench whose portal says what happens, and a holder that works on it. */
export type Holding = {
  readonly bench: Workbench;
  /** What the portal has said so far. */
  readonly said: Hint[];
  /** Log lines by their name. */
  readonly lines: Map<string, Readonly<Record<string, unknown>>[]>;
  readonly sent: WorkMessage[];
  readonly hear: (hints: readonly Hint[], at?: number) => Promise<void>;
  readonly work: (
    reason: WorkMessage['reason'],
    over?: Partial<HolderDeps>,
    signal?: AbortSignal,
  ) => Promise<void>;
  /** So many in a hundred customers buy today. */
  readonly buy: (share: number, seed: number) => readonly number[];
  /** How often each contact was written to. */
  readonly writes: Map<number, number>;
  readonly close: () => Promise<void>;
};

export async function openHolding(options: WorkbenchOptions = {}): Promise<Holding> {
  const bench = await openWorkbench(options);
  const said: Hint[] = [];
  const writes = new Map<number, number>();
  let events = 0;
  bench.sandbox.portal.events.subscribe((event) => {
    events += 1;
    said.push(...hintsOf(event, events));
    if (event.kind === 'changed' && event.type === 'contacts')
      writes.set(event.after.id, (writes.get(event.after.id) ?? 0) + 1);
  });
  const lines: Holding['lines'] = new Map();
  const sent: WorkMessage[] = [];
  const log = loggerInto(lines);
  return {
    ...{ bench, said, lines, sent, writes },
    hear: async (hints, at = Date.now()) => {
      await bench.app.store.inbox.add('main', hints, new Date(at).toISOString());
    },
    work: async (reason, over = {}, signal = new AbortController().signal) => {
      const deps: HolderDeps = {
        store: bench.app.store,
        open: async (id, edge) => {
          const opened = await bench.app.openConnection(id, edge);
          return { ...opened, context: { ...opened.context, log, clock: systemClock } };
        },
        queue: {
          send: async (message) => {
            sent.push(message);
          },
        },
        ...{ settings: eager, clock: systemClock, log, asOf: AS_OF },
        chore: async () => undefined,
        ...over,
      };
      await workConnection(deps, { connection: 'main', reason }, signal);
    },
    buy: (share, seed) => buyOn(bench.sandbox.portal, bench.world, { day: AS_OF, share, seed }),
    close: bench.close,
  };
}

function loggerInto(lines: Holding['lines']): Logger {
  const take = (facts: Readonly<Record<string, unknown>>, name: string) => {
    lines.set(name, [...(lines.get(name) ?? []), facts]);
  };
  return { debug: take, info: take, warn: take, error: take };
}

/** One after the other, as a machine would, and in the order of chance. */
export function shuffled<T>(values: readonly T[], random: () => number): readonly T[] {
  return values
    .map((value) => [random(), value] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, value]) => value);
}
