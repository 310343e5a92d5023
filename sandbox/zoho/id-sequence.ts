/** Ids as Zoho gives them: 19 digits, ascending, more than a JavaScript number holds. */
export class IdSequence {
  #next: bigint;

  constructor(first = 5_725_767_000_000_100_001n) {
    this.#next = first;
  }

  take(): string {
    const id = this.#next;
    this.#next += 1n;
    return String(id);
  }
}
