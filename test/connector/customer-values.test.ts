import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/connector/customer-values.ts';

describe('a day that people typed', () => {
  it.each([
    ['2024-02-29', '2024-02-29'],
    ['2026-11-22T10:00:00Z', '2026-11-22'],
    ['1795305600000', '2026-11-22'],
    ['0001-01-01', '0001-01-01'],
  ])('%s is %s', (text, day) => {
    expect(dayOf(text)).toBe(day);
  });

  it.each([
    ...['2026-02-30', '2025-02-29', '2026-13-01', '2026-00-10', '0000-01-01', '0000-00-00'],
    ...['9'.repeat(30), '-8640000000000001', '253402300800000', 'soon', ''],
  ])('%s is none: no database would take it', (text) => {
    expect(dayOf(text)).toBeNull();
  });

  it('is one of the calendar, or none', () => {
    const parts = fc.tuple(fc.nat(9_999), fc.nat(13), fc.nat(32));
    fc.assert(
      fc.property(parts, ([year, month, day]) => {
        const two = (part: number) => String(part).padStart(2, '0');
        const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
        const found = dayOf(text);
        if (found !== null)
          expect(new Date(`${found}T00:00:00Z`).toISOString().slice(0, 10)).toBe(text);
      }),
    );
  });
});
