import { dayNumber } from '../domain/day.ts';
import { minorDigits, parseMoney } from '../domain/money.ts';

/** Amounts from here on are taken for mistakes. */
const LARGEST = 1e13;
/** A double holds any number of so many digits. */
const EXACT_DIGITS = 15;

const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/** Texts of days that are kept with their day. */
const KNOWN_DAYS = 4096;

/** What is wrong with a date, as a day below 0; index 0 is no problem. */
const dayProblems = [
  '',
  'have a date that is no day (YYYY-MM-DD)',
  'are of a day before 1970',
  'are of a day after the as-of day',
] as const;
const [, NO_DAY, BEFORE_1970, AFTER_AS_OF] = [0, -1, -2, -3] as const;

/** Why a row with such a day cannot be used; `null` for a day that can be. */
export function dayProblem(day: number): string | null {
  return day < 0 ? (dayProblems[-day] ?? null) : null;
}

/**
 * Reads the local day as written, in days since 1970-01-01; a time of day and its zone are not looked
 * at. Below 0 it is a problem, see `dayProblem`.
 */
export class DayReader {
  readonly #asOf: number;
  /** For some texts of ten bytes: the first four, the next four, the last two, and the day. */
  readonly #known = new Int32Array(4 * KNOWN_DAYS).fill(NO_DAY);

  constructor(asOf: number) {
    this.#asOf = asOf;
  }

  read(bytes: Uint8Array, from: number, to: number): number {
    const day = readDay(textOf(bytes, from, to), this.#asOf);
    if (day >= 0) this.#keep(new DataView(bytes.buffer, bytes.byteOffset), from, day);
    return day;
  }

  /** The day of the ten bytes from `from` on, if it was read lately and can be used; below 0 if not. */
  again(view: DataView, from: number): number {
    const year = view.getInt32(from);
    const month = view.getInt32(from + 4);
    const date = view.getInt16(from + 8);
    const at = placeOf(year, month, date);
    const known = this.#known;
    const isSame = known[at] === year && known[at + 1] === month && known[at + 2] === date;
    return isSame ? (known[at + 3] ?? NO_DAY) : NO_DAY;
  }

  #keep(view: DataView, from: number, day: number): void {
    const [year, month] = [view.getInt32(from), view.getInt32(from + 4)];
    const date = view.getInt16(from + 8);
    this.#known.set([year, month, date, day], placeOf(year, month, date));
  }
}

/** Of `2011`, `-12-` and `09`: days of eight years in a row have places of their own. */
function placeOf(year: number, month: number, date: number): number {
  const mixed =
    (year & 7) * 384 +
    ((month >>> 8) & 15) * 32 +
    ((month >>> 16) & 1) * 320 +
    (date & 15) +
    ((date >>> 8) & 3) * 10;
  return 4 * (mixed & (KNOWN_DAYS - 1));
}

function readDay(text: string, asOf: number): number {
  const day = /^.{10}(?:[T ].*)?$/.test(text) ? dayNumber(text.slice(0, 10)) : null;
  if (day === null) return NO_DAY;
  if (day < 0) return BEFORE_1970;
  return day > asOf ? AFTER_AS_OF : day;
}

/** Why a row with such an amount cannot be used; `null` for an amount that can be. */
export function amountProblem(minor: number): string | null {
  if (Number.isNaN(minor)) return 'have an amount that is no number';
  return Number.isFinite(minor) ? null : 'have an amount beyond 10,000,000,000,000';
}

/**
 * Reads an amount into minor units of a currency, rounding half away from zero, exactly as
 * `parseMoney` does. NaN for what is no number, infinite for what is too large.
 */
export function amountReader(currency: string) {
  const digits = minorDigits(currency);
  return (bytes: Uint8Array, from: number, to: number): number => {
    const sign = bytes[from];
    let at = sign === MINUS || sign === PLUS ? from + 1 : from;
    if (to - at > EXACT_DIGITS || to === at) return readAmount(textOf(bytes, from, to), currency);
    let [value, point] = [0, to];
    for (; at < to; at += 1) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit >= 0 && digit <= 9) value = value * 10 + digit;
      else if (bytes[at] === POINT && point === to) point = at;
      else return readAmount(textOf(bytes, from, to), currency);
    }
    const decimals = point === to ? 0 : to - point - 1;
    const places = digits - decimals;
    if (places < 0 || (decimals === 0 && point < to))
      return readAmount(textOf(bytes, from, to), currency);
    const minor = value * (powersOfTen[places] ?? 1);
    if (minor > Number.MAX_SAFE_INTEGER) return readAmount(textOf(bytes, from, to), currency);
    if (minor >= LARGEST * (powersOfTen[digits] ?? 1)) return Number.POSITIVE_INFINITY;
    return sign === MINUS && minor !== 0 ? -minor : minor;
  };
}

const powersOfTen = [1, 10, 100, 1_000, 10_000];

/** Any notation: exponents, many decimals. */
function readAmount(text: string, currency: string): number {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?$/i.test(text)) return Number.NaN;
  if (Math.abs(Number(text)) >= LARGEST) return Number.POSITIVE_INFINITY;
  return parseMoney(text, currency)?.minor ?? Number.POSITIVE_INFINITY;
}

const decoder = new TextDecoder();

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to));
}
