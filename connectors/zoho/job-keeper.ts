import { randomUUID } from 'node:crypto';
import type { BegunJob, BegunJobs } from '../../src/domain/begun-jobs.ts';

/** What is to be kept of one job. */
export type KeptJob = {
  /** Zoho's id of it. */
  readonly named: (id: string) => Promise<void>;
  /** It has ended, or was never made: nothing of it can be written any more. */
  readonly over: () => Promise<void>;
};

/** Keys of jobs that somebody in this process waits for, by the config they were made under. */
const inHand = new WeakMap<object, Set<string>>();

/**
 * Keeps which bulk write jobs are at work. One that outlives its process writes when it pleases, and
 * what a newer plan wrote meanwhile would be gone.
 */
export class JobKeeper {
  readonly #jobs: BegunJobs;
  readonly #now: () => number;
  readonly #inHand: Set<string>;

  /** @param owner the same at each opening of the connection in this process. */
  constructor(jobs: BegunJobs, now: () => number, owner: object = {}) {
    this.#jobs = jobs;
    this.#now = now;
    this.#inHand = inHand.get(owner) ?? new Set();
    inHand.set(owner, this.#inHand);
  }

  /** Notes a job before it is asked for. One that is not told to be over is waited for by others. */
  async keep<T>(work: (kept: KeptJob) => Promise<T>): Promise<T> {
    const [key, begunAt] = [randomUUID(), new Date(this.#now()).toISOString()];
    this.#inHand.add(key);
    try {
      await this.#jobs.note({ key, begunAt, job: null });
      return await work({
        named: async (job) => await this.#jobs.note({ key, begunAt, job }),
        over: async () => await this.#jobs.forget(key),
      });
    } finally {
      this.#inHand.delete(key);
    }
  }

  /** Jobs that nobody waits for any more. */
  async left(): Promise<readonly BegunJob[]> {
    const all = await this.#jobs.load();
    return all.filter(({ key }) => !this.#inHand.has(key));
  }

  async forget({ key }: BegunJob): Promise<void> {
    await this.#jobs.forget(key);
  }
}
