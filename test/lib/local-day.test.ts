import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs } from '../../src/lib/backoff.ts';
import { localDay } from '../../src/lib/local-day.ts';

it.each([
  ['2026-03-29T00:59:59Z', 'Europe/London', '2026-03-29'],
  ['2026-06-30T23:00:00Z', 'Europe/London', '2026-07-01'],
  ['2026-06-30T22:59:59.999Z', 'Europe/London', '2026-06-30'],
  ['2026-11-22T15:59:59Z', 'Asia/Shanghai', '2026-11-22'],
  ['2026-11-22T16:00:00Z', 'Asia/Shanghai', '2026-11-23'],
  ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31'],
  ['2011-12-30T09:59:59Z', 'Pacific/Apia', '2011-12-29'],
  ['1969-12-31T23:30:00Z', 'Europe/Paris', '1970-01-01'],
])('%s in %s is %s', (instant, zone, day) => {
  expect(localDay(Date.parse(instant), zone)).toBe(day);
});

it('agrees with Intl everywhere, changes of the clock included', () => {
  const zones = ['Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'America/St_Johns'];
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2030, 0) }),
      fc.constantFrom(...zones),
      (instant, timeZone) => {
        const expected = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(instant);
        expect(localDay(instant, timeZone)).toBe(expected);
      },
    ),
  );
});

it('refuses a zone that does not exist', () => {
  expect(() => localDay(0, 'Mars/Olympus')).toThrow(RangeError);
});

it('a backoff doubles up to its ceiling, half of it by chance', () => {
  const waits = (random: number) =>
    [1, 2, 3, 9].map((n) => backoffMs(n, { baseMs: 100, maxMs: 1_000, random: () => random }));
  expect(waits(0)).toEqual([50, 100, 200, 500]);
  expect(waits(0.5)).toEqual([75, 150, 300, 750]);
});
