import { OWN_NUMBERS } from '../lib/byte-ids.ts';
import { RowBatch } from '../score/columns/row-batch.ts';
import type { DayReader } from './order-row.ts';

/** What a column of the file holds. */
export const columnKinds = ['other', 'customer', 'date', 'amount', 'currency'] as const;
export type ColumnKind = (typeof columnKinds)[number];
const CUSTOMER = 1;
const DATE = 2;
const AMOUNT = 3;
const CURRENCY = 4;

const NEWLINE = 10;
const RETURN = 13;
const BLANK = 32;
const QUOTE = 34;
const COMMA = 44;
const POINT = 46;
const ZERO = 48;
const LETTER_T = 84;

const BATCH = 1024;
const DAY_LENGTH = 10;
/** Digits, and perhaps a point, whose number a small integer holds. */
const FEW_DIGITS = 9;
const OWN_DIGITS = 7;
const NOT_PLAIN = -1;
/** Bytes of the shortest row. */
const SHORTEST = 14;
const powersOfTen = Float64Array.of(1, 10, 100, 1_000, 10_000);

/** Of the rows that are plain: its code (empty where the file has none) and digits after the point. */
type Currency = { readonly currency: string; readonly digits: number };

/**
 * Reads the rows that nearly all are, in one go over their bytes: nothing in quotes that needs them, no
 * blanks around, a day read before, an amount above 0 of a few plain digits. It stops before any other row; that one is
 * for `CsvReader` and `OrderTable`, which read every row, and these the same.
 */
export class PlainRows {
  /** The rows read last. */
  readonly batch = new RowBatch(BATCH);
  /** Where the first row begins that was not read. */
  at = 0;
  readonly #kinds: Int8Array;
  readonly #days: DayReader;
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(kinds: readonly ColumnKind[], days: DayReader) {
    this.#kinds = Int8Array.from(kinds, (kind) => columnKinds.indexOf(kind));
    this.#days = days;
  }

  /** Whether it stopped only for want of room. */
  get isFull(): boolean {
    return this.batch.count === BATCH;
  }

  /** Reads from `at` up to `end` at most; a row counts when its line end is there too. */
  read(bytes: Uint8Array, at: number, end: number, currency: Currency): void {
    if (this.#view.buffer !== bytes.buffer) this.#view = new DataView(bytes.buffer);
    // A row is not looked at where its fixed parts might lie beyond what is there.
    const last = end - SHORTEST;
    let next = at;
    let row = 0;
    for (; row < BATCH && next < last; row += 1) {
      const after = this.#row(bytes, next, end, row, currency);
      if (after === NOT_PLAIN) break;
      next = after;
    }
    this.batch.count = row;
    this.at = next;
  }

  /**
   * Reads one row into the batch; where the one after it begins. One long function on purpose: calls
   * for its parts would take as long as the parts.
   */
  #row(bytes: Uint8Array, from: number, end: number, row: number, currency: Currency): number {
    const kinds = this.#kinds;
    const batch = this.batch;
    let at = from;
    for (let column = 0; column < kinds.length; column += 1) {
      if (column > 0 && bytes[at++] !== COMMA) return NOT_PLAIN;
      const isQuoted = bytes[at] === QUOTE;
      if (isQuoted) at += 1;
      const start = at;
      const kind = kinds[column];
      if (kind === CUSTOMER) {
        let value = 0;
        let digit = (bytes[at] ?? 0) - ZERO;
        while (digit >= 0 && digit <= 9) {
          value = (value * 10 + digit) | 0;
          at += 1;
          digit = (bytes[at] ?? 0) - ZERO;
        }
        // A number without a sign or leading zero is its own; any other id is looked up.
        const isWhole = at > start && digit === (isQuoted ? QUOTE : COMMA) - ZERO;
        const isOwn = isWhole && value > 0 && value < OWN_NUMBERS && bytes[start] !== ZERO;
        batch.own[row] = isOwn && at - start <= OWN_DIGITS ? value : -1;
        if (!isWhole) at = idEnd(bytes, start, end, isQuoted);
        batch.from[row] = start;
        batch.to[row] = at;
      } else if (kind === DATE) {
        const day = at < end - DAY_LENGTH ? this.#days.again(this.#view, at) : NOT_PLAIN;
        if (day < 0) return NOT_PLAIN;
        batch.day[row] = day;
        at += DAY_LENGTH;
        const after = bytes[at];
        if (after === LETTER_T || after === BLANK) at = fieldEnd(bytes, at, end, isQuoted);
      } else if (kind === AMOUNT) {
        let value = 0;
        let point = 0;
        for (; ; at += 1) {
          const byte = bytes[at] ?? 0;
          const digit = byte - ZERO;
          if (digit >= 0 && digit <= 9) value = (value * 10 + digit) | 0;
          else if (byte === POINT && point === 0) point = at + 1;
          else break;
        }
        const decimals = point === 0 ? 0 : at - point;
        const left = currency.digits - decimals;
        if (value <= 0 || at - start > FEW_DIGITS || left < 0 || at === point) return NOT_PLAIN;
        batch.minor[row] = value * (powersOfTen[left] ?? 1);
      } else if (kind === CURRENCY) at = textEnd(bytes, at, currency.currency);
      else at = fieldEnd(bytes, at, end, isQuoted);
      if (at === NOT_PLAIN) return NOT_PLAIN;
      if (isQuoted && bytes[at++] !== QUOTE) return NOT_PLAIN;
    }
    if (bytes[at] === RETURN) at += 1;
    return bytes[at] === NEWLINE && at < end ? at + 1 : NOT_PLAIN;
  }
}

/** Not for an id that is empty, or has a blank, a quote or a comma in it. */
function idEnd(bytes: Uint8Array, from: number, end: number, isQuoted: boolean): number {
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte > COMMA) continue;
    const isLast = isQuoted
      ? byte === QUOTE
      : byte === COMMA || byte === NEWLINE || byte === RETURN;
    if (isLast) return at > from ? at : NOT_PLAIN;
    if (byte <= BLANK || byte === QUOTE || byte === COMMA) return NOT_PLAIN;
  }
  return NOT_PLAIN;
}

/** Not for a field with a quote in it, or of several lines. */
function fieldEnd(bytes: Uint8Array, from: number, end: number, isQuoted: boolean): number {
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte > COMMA) continue;
    if (byte === QUOTE) return isQuoted ? at : NOT_PLAIN;
    if (isQuoted ? byte === NEWLINE : byte === COMMA || byte === NEWLINE || byte === RETURN)
      return isQuoted ? NOT_PLAIN : at;
  }
  return NOT_PLAIN;
}

function textEnd(bytes: Uint8Array, from: number, text: string): number {
  for (let at = 0; at < text.length; at += 1)
    if (bytes[from + at] !== text.charCodeAt(at)) return NOT_PLAIN;
  return from + text.length;
}
