import type { PlanId } from '../domain/ids.ts';

/**
 * Plans that rescorings of this process are making or writing, so that a run beside them does not take
 * one for what a crash left.
 */
export class PlansAtWork {
  readonly #ids = new Set<PlanId>();

  has(id: PlanId): boolean {
    return this.#ids.has(id);
  }

  /** While `work` makes the plan and writes it. */
  async during<T>(id: PlanId, work: () => Promise<T>): Promise<T> {
    this.#ids.add(id);
    try {
      return await work();
    } finally {
      this.#ids.delete(id);
    }
  }
}
