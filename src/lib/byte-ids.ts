/** Plain decimal numbers below this are their own number: shop and CRM ids mostly are small ones. */
export const OWN_NUMBERS = 1 << 22;
const MOST_DIGITS = 7;
const ZERO = 48;
const NONE = -1;
const FIRST_ROOM = 64;
/** Of the table of hashes at most a third is used. */
const SPARSE = 3;
/** Of an entry of the table: its hash, at which count the text came + 1, where its bytes are. */
const ENTRY = 4;
const CAME = 1;
const START = 2;
const LENGTH = 3;

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
  #view: DataView = viewOf(this.#bytes);
  /** Where each of them begins in `#bytes`; one entry more at the end. */
  #starts = new Uint32Array(FIRST_ROOM + 1);
  /** Entries, open addressing. */
  #table = new Int32Array(ENTRY * FIRST_ROOM);

  /** The number of the text in `bytes` from `from` up to `to`. */
  numberOf(bytes: Uint8Array, from: number, to: number): number {
    const view = viewOf(bytes);
    const key = keyOf(view, from, to);
    return key >= 0 ? key : this.#hashedNumber(key, view, from, to);
  }

  /** The same for many texts of `bytes`. */
  numbersOf(bytes: Uint8Array, { count, own, from, to }: Places, numbers: Int32Array): void {
    const view = viewOf(bytes);
    let others = 0;
    for (let at = 0; at < count; at += 1) {
      const known = own[at] ?? NONE;
      const key = known >= 0 ? known : keyOf(view, from[at] ?? 0, to[at] ?? 0);
      numbers[at] = key;
      if (key < 0) others += 1;
    }
    if (others === 0) return;
    this.#touch(numbers, count);
    for (let at = 0; at < count; at += 1) {
      const key = numbers[at] ?? 0;
      if (key < 0) numbers[at] = this.#hashedNumber(key, view, from[at] ?? 0, to[at] ?? 0);
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
    const [table, bytes] = [this.#table, this.#bytes];
    const mask = table.length / ENTRY - 1;
    let sum = 0;
    for (let at = 0; at < count; at += 1) {
      const key = keys[at] ?? 0;
      if (key < 0) sum += bytes[table[ENTRY * (key & mask) + START] ?? 0] ?? 0;
    }
    this.touched = sum;
  }
  /** Keeps what was read from being left out. */
  touched = 0;

  #hashedNumber(hash: number, view: DataView, from: number, to: number): number {
    if (this.#size * SPARSE * ENTRY >= this.#table.length) this.#widen();
    const table = this.#table;
    const mask = table.length / ENTRY - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = ENTRY * slot;
      const came = table[entry + CAME] ?? 0;
      if (came === 0) return OWN_NUMBERS + this.#add(entry, hash, view, from, to);
      if (table[entry] !== hash || table[entry + LENGTH] !== to - from) continue;
      if (isSame(this.#view, (table[entry + START] ?? 0) >>> 0, view, from, to))
        return OWN_NUMBERS + came - 1;
    }
  }

  #add(entry: number, hash: number, view: DataView, from: number, to: number): number {
    const at = this.#size;
    const start = this.#starts[at] ?? 0;
    const end = start + to - from;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = viewOf(larger);
    }
    if (at + 2 > this.#starts.length) {
      const larger = new Uint32Array(this.#starts.length * 2);
      larger.set(this.#starts);
      this.#starts = larger;
    }
    for (let place = from; place < to; place += 1)
      this.#bytes[start + place - from] = view.getUint8(place);
    this.#starts[at + 1] = end;
    this.#size = at + 1;
    this.#table[entry] = hash;
    this.#table[entry + CAME] = at + 1;
    this.#table[entry + START] = start;
    this.#table[entry + LENGTH] = to - from;
    return at;
  }

  #widen(): void {
    const before = this.#table;
    const table = new Int32Array(before.length * 2);
    const mask = table.length / ENTRY - 1;
    for (let at = 0; at < before.length; at += ENTRY) {
      if (before[at + CAME] === 0) continue;
      let slot = (before[at] ?? 0) & mask;
      while (table[ENTRY * slot + CAME] !== 0) slot = (slot + 1) & mask;
      for (let part = 0; part < ENTRY; part += 1)
        table[ENTRY * slot + part] = before[at + part] ?? 0;
    }
    this.#table = table;
  }
}

const decoder = new TextDecoder();

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether as many bytes from `start` on are those of `view` from `from` up to `to`. */
function isSame(own: DataView, start: number, view: DataView, from: number, to: number): boolean {
  let at = from;
  let place = start;
  for (; at + 4 <= to; at += 4) {
    if (own.getInt32(place) !== view.getInt32(at)) return false;
    place += 4;
  }
  for (; at < to; at += 1) {
    if (own.getUint8(place) !== view.getUint8(at)) return false;
    place += 1;
  }
  return true;
}

/**
 * The value of a plain decimal number below `OWN_NUMBERS` (no sign, no leading zero); below 0 the hash
 * of anything else.
 */
function keyOf(view: DataView, from: number, to: number): number {
  const length = to - from;
  if (length <= MOST_DIGITS && length > 0 && (view.getUint8(from) !== ZERO || length === 1)) {
    let value = 0;
    let at = from;
    for (; at < to; at += 1) {
      const digit = view.getUint8(at) - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === to && value < OWN_NUMBERS) return value;
  }
  return hashOf(view, from, to) | (1 << 31);
}

/** Four bytes at a time, then one; the bits mixed as in MurmurHash3 (A. Appleby, public domain). */
function hashOf(view: DataView, from: number, to: number): number {
  let hash = to - from;
  let at = from;
  for (; at + 4 <= to; at += 4) hash = mixed(hash, view.getInt32(at));
  for (; at < to; at += 1) hash = mixed(hash, view.getUint8(at));
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function mixed(hash: number, word: number): number {
  const scrambled = Math.imul(word, 0xcc9e2d51);
  const turned = hash ^ Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
  return Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64;
}
