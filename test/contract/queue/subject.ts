import type { WorkContext } from '../../../src/jobs/work-on.ts';
import type { WorkMessage, WorkQueue } from '../../../src/jobs/work-queue.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';

/** A queue's storage, and what can befall it. */
export type QueueUnderTest = {
  /** As another process would. */
  readonly open: () => Promise<WorkQueue>;
  /** Takes the next message like a worker that then dies; `null` where all die together. */
  readonly loseOne: (() => Promise<void>) | null;
  /** Puts in what is no message of ours; `null` where nobody could. */
  readonly poison: (() => Promise<void>) | null;
  /** As how many messages twenty sent in a moment may come. */
  readonly mostOfBurst: number;
  /** A worker not heard of for so long is lost. */
  readonly keepMs: number;
  readonly close: () => Promise<void>;
};

/** Short times, for tests. */
export const testContext: WorkContext = {
  rules: {
    attempts: 3,
    backoff: { baseMs: 600, maxMs: 600, random: () => 0.999 },
    checkpointMs: 900,
    heldElsewhereMs: 300,
  },
  clock: systemClock,
  log: silentLogger,
};

export type Watched = {
  readonly seen: WorkMessage[];
  /** Connections worked on at once, at most. */
  readonly most: () => number;
  /** Messages of one connection worked on at once, at most. */
  readonly mostOfOne: () => number;
  /** Asks to stop, and waits until it did. */
  readonly stop: () => Promise<void>;
  readonly askToStop: () => void;
  readonly stopped: Promise<void>;
};

type Body = (message: WorkMessage, signal: AbortSignal, time: number) => Promise<void>;

/** Consumes, noting what came and how much of it at once. */
export function watch(queues: readonly WorkQueue[], parallel: number, body: Body): Watched {
  const seen: WorkMessage[] = [];
  const running: string[] = [];
  let most = 0;
  let mostOfOne = 0;
  const stopping = new AbortController();
  const work = async (message: WorkMessage, signal: AbortSignal): Promise<void> => {
    running.push(message.connection);
    most = Math.max(most, running.length);
    const same = running.filter((one) => one === message.connection).length;
    mostOfOne = Math.max(mostOfOne, same);
    seen.push(message);
    try {
      await body(message, signal, seen.length);
    } finally {
      running.splice(running.indexOf(message.connection), 1);
    }
  };
  const options = { parallel, signal: stopping.signal };
  const stopped = Promise.all(queues.map((queue) => queue.consume(work, options))).then(
    () => undefined,
  );
  const askToStop = (): void => stopping.abort();
  return {
    seen,
    most: () => most,
    mostOfOne: () => mostOfOne,
    askToStop,
    stopped,
    stop: async () => {
      askToStop();
      await stopped;
    },
  };
}

export async function until(
  isTrue: () => boolean | Promise<boolean>,
  withinMs = 15_000,
): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`not true within ${withinMs} ms`);
    await sleep(20);
  }
}

export async function sleep(ms: number): Promise<void> {
  await systemClock.sleep(ms);
}
