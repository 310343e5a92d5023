import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteIds } from '../../src/lib/byte-ids.ts';

const encoder = new TextEncoder();

const anyId = fc.oneof(
  fc.nat({ max: 50 }).map(String),
  fc.nat().map((value) => `0${value}`),
  fc.integer({ min: 4_194_300, max: 4_194_310 }).map(String),
  fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
  fc.constantFrom('7', '07', '-7', '7.0', '99999999', '客户'),
);

/** All texts in one stretch of bytes, looked up together. */
function together(ids: ByteIds, texts: readonly string[]): readonly number[] {
  const parts = texts.map((text) => encoder.encode(text));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  const [from, to] = [new Int32Array(parts.length), new Int32Array(parts.length)];
  let at = 0;
  for (const [place, part] of parts.entries()) {
    bytes.set(part, at);
    from[place] = at;
    at += part.length;
    to[place] = at;
  }
  const numbers = new Int32Array(parts.length);
  const own = new Int32Array(parts.length).fill(-1);
  ids.numbersOf(bytes, { count: parts.length, own, from, to }, numbers);
  return [...numbers];
}

describe('numbers of texts', () => {
  it('gives equal texts equal numbers, others others, and each back', () => {
    fc.assert(
      fc.property(fc.array(anyId, { maxLength: 300 }), fc.array(anyId), (some, more) => {
        const ids = new ByteIds();
        const texts = [...some, ...more];
        const numbers = [
          ...together(ids, some),
          ...more.map((text) => {
            const bytes = encoder.encode(text);
            return ids.numberOf(bytes, 0, bytes.length);
          }),
        ];
        expect(numbers.map((number) => ids.text(number))).toEqual(texts);
        expect(new Set(numbers).size).toBe(new Set(texts).size);
      }),
    );
  });

  it('keeps many apart', () => {
    const ids = new ByteIds();
    const texts = Array.from({ length: 20_000 }, (_, at) => `customer-${at % 15_000}`);
    const numbers = together(ids, texts);
    expect(new Set(numbers).size).toBe(15_000);
    expect(numbers.map((number) => ids.text(number))).toEqual(texts);
  });
});
