/** Seconds of each stage, in order. */
export class Stopwatch {
  readonly #seconds = new Map<string, number>();
  #since = performance.now();

  /** The time since the last stage was this stage's. */
  lap(stage: string): void {
    const now = performance.now();
    this.#seconds.set(stage, (now - this.#since) / 1000);
    this.#since = performance.now();
  }

  read(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#seconds);
  }
}
