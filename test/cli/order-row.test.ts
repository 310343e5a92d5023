import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountProblem, amountReader, DayReader, dayProblem } from '../../src/cli/order-row.ts';
import { dayNumber, dayText } from '../../src/domain/day.ts';
import { parseMoney } from '../../src/domain/money.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function readAmount(text: string, currency = 'GBP'): number {
  const bytes = bytesOf(text);
  return amountReader(currency)(bytes, 0, bytes.length);
}

describe('amounts', () => {
  it('are read as `parseMoney` reads them, in any currency', () => {
    const text = fc.oneof(
      fc.stringMatching(/^[+-]?\d{1,12}(\.\d{0,6})?$/),
      fc.stringMatching(/^-?\.\d{1,5}$/),
      fc.stringMatching(/^\d{1,4}(\.\d{1,3})?e[+-]?\d$/),
      fc.constantFrom('0', '-0', '0.005', '-0.005', '1e12', '9999999999999.99'),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('GBP', 'JPY', 'KWD', ''), (given, currency) => {
        expect(readAmount(given, currency)).toBe(
          parseMoney(given, currency)?.minor ?? Number.POSITIVE_INFINITY,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('are told apart from what is none', () => {
    for (const text of ['ten', '1,5', '--1', '1.2.3', '1 000', '.', '-', '1e', '١', '£1'])
      expect(amountProblem(readAmount(text))).toBe('have an amount that is no number');
    for (const text of ['1e13', '10000000000000', '-99999999999999', '1e99'])
      expect(amountProblem(readAmount(text))).toMatch(/beyond 10,000,000,000,000/);
    expect(amountProblem(readAmount('9999999999999'))).toBeNull();
  });
});

describe('days', () => {
  const days = new DayReader(15_000);
  const read = (text: string): number => days.read(bytesOf(text), 0, bytesOf(text).length);

  it('are the local day as written, read before or not', () => {
    fc.assert(
      fc.property(fc.nat({ max: 15_000 }), (day) => {
        expect([read(dayText(day)), read(`${dayText(day)}T23:59Z`), read(dayText(day))]).toEqual([
          day,
          day,
          day,
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it('are told apart from what is none', () => {
    for (const text of ['', '2010-02-30', '2010-13-01', '2010-1-1', '01/02/2010', '2010-01-01x'])
      expect(dayProblem(read(text))).toMatch(/no day/);
    expect(dayProblem(read('1969-12-31'))).toMatch(/before 1970/);
    expect(dayProblem(read('2999-01-01'))).toMatch(/after the as-of day/);
    expect(dayProblem(dayNumber('2010-01-01') ?? 0)).toBeNull();
  });
});
