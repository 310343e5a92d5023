/** Jobs that end badly one after the other, before bulk write is left alone. */
const mostFailures = 2;

/** Whether jobs are worth trying, as far as one opened connection has seen. */
export class BulkAccess {
  #failures = 0;
  #setbacks = 0;
  #refused: string | null = null;
  readonly #unfit: () => string | null;

  /** @param unfit what speaks against jobs from the start, in words; `null`: nothing. */
  constructor(unfit: () => string | null) {
    this.#unfit = unfit;
  }

  /** Why not, in words for the admin; `null`: nothing speaks against it. */
  get closed(): string | null {
    const known = this.#unfit() ?? this.#refused;
    if (known !== null) return known;
    return this.#failures >= mostFailures
      ? 'the last bulk write jobs ended FAILED or were not answered for'
      : null;
  }

  /** How often a job was refused or failed: what it held waits to be written another way. */
  get setbacks(): number {
    return this.#setbacks;
  }

  /** The edition, the scope or the org does not allow it. */
  refuse(why: string): void {
    this.#setbacks += 1;
    this.#refused = why;
  }

  completed(): void {
    this.#failures = 0;
  }

  failed(): void {
    this.#setbacks += 1;
    this.#failures += 1;
  }
}
