/** The time in a sandbox: that of the machine, or of a test, and forward from there on demand. */
export class AdjustableClock {
  readonly #base: () => number;
  #ahead = 0;

  constructor(base: () => number = Date.now) {
    this.#base = base;
  }

  /** Epoch milliseconds. A property, not a method, so that it can be handed on by itself. */
  readonly now = (): number => this.#base() + this.#ahead;

  advance(ms: number): void {
    this.#ahead += ms;
  }
}
