type Waiting = { readonly isAlone: boolean; readonly start: () => void };

/**
 * Lets work of one process take turns, in the order of asking: any number shares, or one is alone.
 * Whoever waits to be alone waits for those that share now, and later ones wait for it.
 */
export class Turns {
  readonly #waiting: Waiting[] = [];
  #sharing = 0;
  #isTaken = false;

  /** Beside others that share. */
  async shared<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter(false);
    try {
      return await work();
    } finally {
      this.#sharing -= 1;
      this.#admit();
    }
  }

  /** Beside nobody. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter(true);
    try {
      return await work();
    } finally {
      this.#isTaken = false;
      this.#admit();
    }
  }

  async #enter(isAlone: boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ isAlone, start: resolve });
    this.#admit();
    await promise;
  }

  #admit(): void {
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined || this.#isTaken) return;
      if (next.isAlone && this.#sharing > 0) return;
      if (next.isAlone) this.#isTaken = true;
      else this.#sharing += 1;
      this.#waiting.shift();
      next.start();
    }
  }
}
