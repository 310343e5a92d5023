import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCron } from '../../src/lib/cron.ts';
import { lastDue, nextDue } from '../../src/lib/cron-times.ts';
import { offsetAt } from '../../src/lib/wall-clock.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const at = (text: string) => Date.parse(text);
const iso = (ms: number) => new Date(ms).toISOString().replace(':00.000Z', 'Z');
const last = (rule: string, zone: string, now: string) =>
  iso(lastDue(parseCron(rule), zone, at(now)));
const next = (rule: string, zone: string, now: string) =>
  iso(nextDue(parseCron(rule), zone, at(now)));

/** All times due in a stretch, as a ticker finds them that looks every minute. */
function ticked(rule: string, zone: string, from: string, to: string): readonly string[] {
  const cron = parseCron(rule);
  const found = new Set<number>();
  for (let now = at(from); now <= at(to); now += minuteMs) {
    const due = lastDue(cron, zone, now);
    if (due >= at(from)) found.add(due);
  }
  return [...found].map(iso);
}

describe('a cron rule', () => {
  it('is due at a time of day, of the clock on the wall', () => {
    expect(last('0 3 * * *', 'UTC', '2026-11-22T02:59Z')).toBe('2026-11-21T03:00Z');
    expect(last('0 3 * * *', 'UTC', '2026-11-22T03:00Z')).toBe('2026-11-22T03:00Z');
    expect(last('0 3 * * *', 'Europe/Berlin', '2026-11-22T02:00Z')).toBe('2026-11-22T02:00Z');
    expect(next('0 3 * * *', 'Asia/Kolkata', '2026-11-22T02:00Z')).toBe('2026-11-22T21:30Z');
    expect(next('30 4 * * sun', 'America/New_York', '2026-11-22T12:00Z')).toBe('2026-11-29T09:30Z');
  });

  it('is due in steps, ranges, lists and by names', () => {
    expect(next('*/15 * * * *', 'UTC', '2026-11-22T02:07Z')).toBe('2026-11-22T02:15Z');
    expect(next('5/20 8-10,14 * * mon-fri', 'UTC', '2026-11-22T02:07Z')).toBe('2026-11-23T08:05Z');
    expect(next('0 0 1 jan,jul *', 'UTC', '2026-11-22T02:07Z')).toBe('2027-01-01T00:00Z');
    expect(next('0 0 29 2 *', 'UTC', '2097-01-01T00:00Z')).toBe('2104-02-29T00:00Z');
    expect(next('0 0 * * 7', 'UTC', '2026-11-23T00:00Z')).toBe('2026-11-29T00:00Z');
    expect(next('0 0 13 * 5', 'UTC', '2026-11-22T00:00Z'), 'either day').toBe('2026-11-27T00:00Z');
  });

  it('is due once, later, when the time is skipped', () => {
    expect(ticked('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', '2026-03-30T12:00Z')).toEqual(
      ['2026-03-29T01:30Z', '2026-03-30T00:30Z'],
    );
  });

  it('is due once, the first time, when the time comes twice', () => {
    expect(ticked('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', '2026-10-26T12:00Z')).toEqual(
      ['2026-10-25T00:30Z', '2026-10-26T01:30Z'],
    );
  });

  it('of every so many minutes goes on through the hour that comes twice', () => {
    const due = ticked('*/30 * * * *', 'Europe/Berlin', '2026-10-25T00:00Z', '2026-10-25T03:00Z');
    expect(due).toHaveLength(7);
  });

  it('is due at midnight where clocks are put forward at midnight', () => {
    expect(ticked('0 0 * * *', 'Africa/Cairo', '2026-04-23T12:00Z', '2026-04-25T12:00Z')).toEqual([
      '2026-04-23T22:00Z',
      '2026-04-24T21:00Z',
    ]);
  });

  it('is due last before and next after each moment, with nothing between', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Tehran',
    ];
    const rules = ['0 3 * * *', '*/15 * * * *', '30 2 * * 0', '15 */6 1,15 * *', '0 1-3 * * 1'];
    const moments = fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2027-01-01T00:00Z') });
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...rules),
        moments,
        (zone, rule, now) => {
          const cron = parseCron(rule);
          const [before, after] = [lastDue(cron, zone, now), nextDue(cron, zone, now)];
          expect(before).toBeLessThanOrEqual(now);
          expect(after).toBeGreaterThan(now);
          expect(lastDue(cron, zone, after)).toBe(after);
          expect(lastDue(cron, zone, after - 1)).toBe(before);
          expect(nextDue(cron, zone, before)).toBe(after);
          const wall = new Date(before + offsetAt(before, zone));
          const isShifted = cron.minutes.includes(wall.getUTCMinutes());
          expect(isShifted || zone === 'Australia/Lord_Howe').toBe(true);
          expect(after - before).toBeGreaterThan(hourMs / 5);
        },
      ),
    );
  });

  it.each([
    ['0 3 * *', 'five fields'],
    ['60 3 * * *', '`60` is no minute, which goes from 0 to 59'],
    ['0 3 * * funday', '`funday` is no weekday'],
    ['0 3 31 2 *', 'a day that no year has'],
    ['*/0 * * * *', '`*/0` is no minute'],
    ['10-5 * * * *', '`10-5` is no minute'],
    ['0 3 * * * *', 'five fields'],
    ['a b c d e', '`d` is no month'],
  ])('"%s" is refused: %s', (rule, why) => {
    expect(() => parseCron(rule)).toThrow(why);
  });
});
