/** Record ids of one portal: ascending over all object types, never given twice. */
export class IdSequence {
  #last: number;

  constructor(first: number) {
    this.#last = first - 1;
  }

  next(): number {
    this.#last += 1;
    return this.#last;
  }

  /** Takes an id chosen by a loader, so that later records get higher ones. */
  claim(id: number): number {
    this.#last = Math.max(this.#last, id);
    return id;
  }
}
