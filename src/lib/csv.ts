const QUOTE = 34;
const NEWLINE = 10;
const RETURN = 13;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

const NONE = -1;
const FIRST_ROOM = 1 << 22;
/** No record is so long; a quote that nothing closes would make the rest of the file one. */
const LONGEST_RECORD = 1 << 26;

/** Between the fields of a record. */
export type Separator = ',' | ';' | '\t';

/** A quote that nothing closes would swallow the rest of the text. */
export class UnclosedQuote extends Error {
  override readonly name = 'UnclosedQuote';
  constructor(line: number) {
    super(`the record that begins in line ${line} opens a quote and never closes it`);
  }
}

/**
 * The records of a CSV text (RFC 4180, with another separator where one is named; lines may end in LF too, empty ones are passed over) whose
 * bytes come in pieces: fill `space()`, tell how much with `filled`, and read until `next` is false.
 * Fields are places in `bytes`, so that a large file costs no text for each of them; they hold until
 * the next call.
 */
export class CsvReader {
  /** Holds the current record. */
  bytes: Uint8Array = new Uint8Array(FIRST_ROOM);
  /** Where each field of the current record begins and ends, without its quotes. */
  readonly from: number[] = [0];
  readonly to: number[] = [0];
  /** How many fields it has. */
  fields = 0;
  /** The line it begins in; the first is 1. */
  line = 0;
  #nextLine = 1;
  #at = 0;
  #end = 0;
  #isFirst = true;
  #isEnd = false;
  readonly #separator: number;

  constructor(separator: Separator = ',') {
    this.#separator = separator.charCodeAt(0);
  }

  /** Where the next bytes go: two megabytes at least. */
  space(): Uint8Array {
    const rest = this.#end - this.#at;
    if (rest > LONGEST_RECORD) throw new UnclosedQuote(this.#nextLine);
    if (rest > this.bytes.length / 2) {
      const larger = new Uint8Array(this.bytes.length * 2);
      larger.set(this.bytes.subarray(this.#at, this.#end));
      this.bytes = larger;
    } else this.bytes.copyWithin(0, this.#at, this.#end);
    this.#at = 0;
    this.#end = rest;
    return this.bytes.subarray(rest);
  }

  /** So many bytes were put there; 0 ends the text. */
  filled(count: number): void {
    this.#end += count;
    if (count === 0) this.#isEnd = true;
    if (!this.#isFirst || (this.#end < BYTE_ORDER_MARK.length && !this.#isEnd)) return;
    this.#isFirst = false;
    if (BYTE_ORDER_MARK.every((byte, at) => this.bytes[at] === byte)) this.#at = 3;
  }

  /**
   * Goes to the next whole record; false when more bytes are needed, or the text has ended.
   * @throws UnclosedQuote at the end of a text that opens a quote and never closes it.
   */
  next(): boolean {
    if (this.#isFirst) return false;
    this.#skipEmptyLines();
    const { bytes, from, to } = this;
    const end = this.#end;
    const separator = this.#separator;
    const last = Math.max(separator, QUOTE);
    let at = this.#at;
    let field = 0;
    let start = at;
    for (; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte > last) continue;
      if (byte === separator) {
        from[field] = start;
        to[field] = at;
        field += 1;
        start = at + 1;
      } else if (byte === NEWLINE) break;
      else if (byte === QUOTE && at === start) return this.#nextQuoted();
    }
    if (at === end && (!this.#isEnd || at === this.#at)) return false;
    from[field] = start;
    to[field] = at > start && bytes[at - 1] === RETURN ? at - 1 : at;
    this.#took(field + 1, at, 1);
    return true;
  }

  /** Where the next record begins in `bytes`, where what is there so far ends, and the next line. */
  get at(): number {
    return this.#at;
  }
  get end(): number {
    return this.#end;
  }
  get nextLine(): number {
    return this.#nextLine;
  }

  /** Passes over `lines` whole records of one line each, up to `at`: somebody read them for himself. */
  skip(at: number, lines: number): void {
    this.#at = at;
    this.#nextLine += lines;
  }

  /** A field of the current record as text, without blanks around it; empty when it has none. */
  text(field: number): string {
    if (field >= this.fields) return '';
    const view = this.bytes.subarray(this.from[field], this.to[field]);
    return new TextDecoder().decode(view).trim();
  }

  #took(fields: number, end: number, lines: number): void {
    this.fields = fields;
    this.line = this.#nextLine;
    this.#nextLine += lines;
    this.#at = Math.min(end + 1, this.#end);
  }

  #skipEmptyLines(): void {
    const { bytes } = this;
    for (;;) {
      const at = this.#at;
      const length = bytes[at] === NEWLINE ? 1 : bytes[at] === RETURN ? 2 : 0;
      if (length === 0 || at + length > this.#end || bytes[at + length - 1] !== NEWLINE) return;
      this.#at = at + length;
      this.#nextLine += 1;
    }
  }

  /** A record with a quoted field; two quotes are one in it, and line ends and commas are text. */
  #nextQuoted(): boolean {
    const end = this.#recordEnd();
    if (end === NONE) return false;
    const { bytes, from, to } = this;
    const until = bytes[end - 1] === RETURN ? end - 1 : end;
    let [field, at, lines] = [0, this.#at, 1];
    // What is read is never before what is written: the record is unquoted in its own place.
    for (let isLast = false; !isLast; field += 1) {
      let written = at;
      from[field] = written;
      let quoted = at < until && bytes[at] === QUOTE;
      if (quoted) at += 1;
      for (; at < until && (quoted || bytes[at] !== this.#separator); at += 1) {
        if (quoted && bytes[at] === QUOTE) {
          quoted = bytes[at + 1] === QUOTE && at + 1 < until;
          if (!quoted) continue;
          at += 1;
        }
        if (bytes[at] === NEWLINE) lines += 1;
        bytes[written] = bytes[at] ?? 0;
        written += 1;
      }
      to[field] = written;
      isLast = at >= until;
      at += 1;
    }
    this.#took(field, end, lines);
    return true;
  }

  /** The line end after the record, not one between quotes; a quote opens at a field's start only. */
  #recordEnd(): number {
    const { bytes } = this;
    let [quoted, isStart] = [false, true];
    for (let at = this.#at; at < this.#end; at += 1) {
      const byte = bytes[at];
      if (quoted) {
        if (byte !== QUOTE) continue;
        if (bytes[at + 1] === QUOTE && at + 1 < this.#end) at += 1;
        else quoted = false;
      } else if (byte === NEWLINE) return at;
      else if (byte === QUOTE && isStart) quoted = true;
      isStart = byte === this.#separator && !quoted;
    }
    if (!this.#isEnd) return NONE;
    if (quoted) throw new UnclosedQuote(this.#nextLine);
    return this.#end;
  }
}
