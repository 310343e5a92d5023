const FIRST_ROOM = 1024;

/** A list of numbers that grows, eight bytes each. */
export class Column {
  #room = new Float64Array(FIRST_ROOM);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#room.length) this.#grow();
    this.#room[this.#length] = value;
    this.#length += 1;
  }

  /** The values in the order added; a view, not a copy. */
  values(): Float64Array {
    return this.#room.subarray(0, this.#length);
  }

  /** The values ascending, as a copy. */
  sorted(): Float64Array {
    return this.values().toSorted();
  }

  /** A column of the same length with each value changed. */
  mapped(change: (value: number) => number): Column {
    const column = new Column();
    for (const value of this.values()) column.push(change(value));
    return column;
  }

  #grow(): void {
    const larger = new Float64Array(Math.ceil(this.#room.length * 1.5));
    larger.set(this.#room);
    this.#room = larger;
  }
}
