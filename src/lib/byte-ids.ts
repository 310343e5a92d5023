/** Plain decimal numbers below this are their own number: shop and CRM ids mostly are small ones. */
export const OWN_NUMBERS = 1 << 22;
const MOST_DIGITS = 7;
const ZERO = 48;
const NONE = -1;
const FIRST_ROOM = 64;
/** Of the table of hashes at most a third is used. */
const SPARSE = 3;

/** Places of texts in bytes: so many, each from `from` up to `to`. */
export type Places = {
  readonly count: number;
  /** The text's own number where whoever read it found that it has one; else below 0. */
  readonly own: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
};

/**
 * Numbers texts, given as bytes: a plain decimal number below `OWN_NUMBERS` is its own number, other
 * texts are numbered from there on as they first come, and their bytes kept. No string is made. Many
 * texts at once are looked up step by step, each step for all of them, so that waits for memory
 * overlap.
 */
export class ByteIds {
  /** Texts that are not their own number. */
  #size = 0;
  #bytes = new Uint8Array(FIRST_ROOM * 8);
  /** Where each of them begins in `#bytes`; one entry more at the end. */
  #starts = new Uint32Array(FIRST_ROOM + 1);
  /** Pairs of hash and count at which the text came, open addressing. */
  #table = new Int32Array(2 * FIRST_ROOM);

  /** The number of the text in `bytes` from `from` up to `to`. */
  numberOf(bytes: Uint8Array, from: number, to: number): number {
    const key = keyOf(bytes, from, to);
    return key >= 0 ? key : this.#hashedNumber(key, bytes, from, to);
  }

  /** The same for many texts of `bytes`. */
  numbersOf(bytes: Uint8Array, { count, own, from, to }: Places, numbers: Int32Array): void {
    let others = 0;
    for (let at = 0; at < count; at += 1) {
      const known = own[at] ?? NONE;
      const key = known >= 0 ? known : keyOf(bytes, from[at] ?? 0, to[at] ?? 0);
      numbers[at] = key;
      if (key < 0) others += 1;
    }
    if (others === 0) return;
    this.#touch(numbers, count);
    for (let at = 0; at < count; at += 1) {
      const key = numbers[at] ?? 0;
      if (key < 0) numbers[at] = this.#hashedNumber(key, bytes, from[at] ?? 0, to[at] ?? 0);
    }
  }

  /** A text by its number. */
  text(number: number): string {
    if (number < OWN_NUMBERS) return String(number);
    const at = number - OWN_NUMBERS;
    return decoder.decode(this.#bytes.subarray(this.#starts[at], this.#starts[at + 1]));
  }

  /** Reads what will be looked at, so that it is near when it is. */
  #touch(keys: Int32Array, count: number): void {
    const [table, starts, bytes] = [this.#table, this.#starts, this.#bytes];
    const mask = table.length / 2 - 1;
    let sum = 0;
    for (let at = 0; at < count; at += 1) {
      const came = table[2 * ((keys[at] ?? 0) & mask) + 1] ?? 0;
      sum += starts[came] ?? 0;
    }
    for (let at = 0; at < count; at += 1) {
      const came = table[2 * ((keys[at] ?? 0) & mask) + 1] ?? 0;
      sum += bytes[came === 0 ? 0 : (starts[came - 1] ?? 0)] ?? 0;
    }
    this.touched = sum;
  }
  /** Keeps what was read from being left out. */
  touched = 0;

  #hashedNumber(hash: number, bytes: Uint8Array, from: number, to: number): number {
    if (this.#size * SPARSE * 2 >= this.#table.length) this.#widen();
    const mask = this.#table.length / 2 - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const came = this.#table[2 * slot + 1] ?? 0;
      if (came === 0) {
        this.#table[2 * slot] = hash;
        this.#table[2 * slot + 1] = this.#size + 1;
        return OWN_NUMBERS + this.#add(bytes, from, to);
      }
      if (this.#table[2 * slot] === hash && this.#isText(came - 1, bytes, from, to))
        return OWN_NUMBERS + came - 1;
    }
  }

  #isText(at: number, bytes: Uint8Array, from: number, to: number): boolean {
    const own = this.#bytes;
    const shift = (this.#starts[at] ?? 0) - from;
    if ((this.#starts[at + 1] ?? 0) - shift !== to) return false;
    for (let place = from; place < to; place += 1)
      if (own[place + shift] !== bytes[place]) return false;
    return true;
  }

  #add(bytes: Uint8Array, from: number, to: number): number {
    const at = this.#size;
    const start = this.#starts[at] ?? 0;
    const end = start + to - from;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    if (at + 2 > this.#starts.length) {
      const larger = new Uint32Array(this.#starts.length * 2);
      larger.set(this.#starts);
      this.#starts = larger;
    }
    this.#bytes.set(bytes.subarray(from, to), start);
    this.#starts[at + 1] = end;
    this.#size = at + 1;
    return at;
  }

  #widen(): void {
    const before = this.#table;
    const table = new Int32Array(before.length * 2);
    const mask = table.length / 2 - 1;
    for (let at = 0; at < before.length; at += 2) {
      const came = before[at + 1] ?? 0;
      if (came === 0) continue;
      let slot = (before[at] ?? 0) & mask;
      while (table[2 * slot + 1] !== 0) slot = (slot + 1) & mask;
      table[2 * slot] = before[at] ?? 0;
      table[2 * slot + 1] = came;
    }
    this.#table = table;
  }
}

const decoder = new TextDecoder();

/**
 * The value of a plain decimal number below `OWN_NUMBERS` (no sign, no leading zero); below 0 the hash
 * of anything else: FNV-1a, its bits mixed once more.
 */
function keyOf(bytes: Uint8Array, from: number, to: number): number {
  if (to - from <= MOST_DIGITS && to > from && (bytes[from] !== ZERO || to - from === 1)) {
    let value = 0;
    let at = from;
    for (; at < to; at += 1) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === to && value < OWN_NUMBERS) return value;
  }
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) | (1 << 31);
}
