import type { PullTask } from '../domain/pull-task.ts';

/** The tasks still to be taken; ends when none is left and none under way can spawn another. */
export class TaskPool {
  readonly #waiting: PullTask[];
  #open: number;
  #wake: () => void = () => undefined;

  constructor(tasks: readonly PullTask[]) {
    this.#waiting = [...tasks];
    this.#open = tasks.length;
  }

  /** Tasks found on the way. */
  add(tasks: readonly PullTask[]): void {
    this.#waiting.push(...tasks);
    this.#open += tasks.length;
    if (tasks.length > 0) this.#wake();
  }

  /** A taken task is over, well or not. */
  finished(): void {
    this.#open -= 1;
    this.#wake();
  }

  async *tasks(): AsyncGenerator<PullTask> {
    while (this.#open > 0) {
      const task = this.#waiting.shift();
      if (task !== undefined) {
        yield task;
        continue;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
