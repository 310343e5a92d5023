const dayMs = 86_400_000;

/** Per time zone: a formatter costs about 100 µs to make. */
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * What a clock on the wall of a time zone is ahead of UTC at an instant (epoch ms), in ms.
 * @throws RangeError for a zone that does not exist.
 */
export function offsetAt(instantMs: number, timeZone: string): number {
  const format = formats.get(timeZone) ?? openFormat(timeZone);
  const read = new Map<string, number>();
  for (const { type, value } of format.formatToParts(instantMs)) read.set(type, Number(value));
  const part = (type: string): number => read.get(type) ?? 0;
  const wall = Date.UTC(
    ...([part('year'), part('month') - 1, part('day')] as const),
    ...([part('hour'), part('minute'), part('second')] as const),
  );
  return wall - Math.floor(instantMs / 1_000) * 1_000;
}

/**
 * The instants (epoch ms, in order) at which the clock on the wall shows these times: one each, but
 * none of a time that is skipped when clocks go forward, two of one that comes twice. A time is written
 * as epoch ms as if the wall were in UTC; all of them are within one day of it.
 */
export function instantsOf(walls: readonly number[], timeZone: string): readonly WallInstants[] {
  const day = walls[0] ?? 0;
  const before = offsetAt(day - dayMs, timeZone);
  const after = offsetAt(day + 2 * dayMs, timeZone);
  if (before === after) return walls.map((wall) => [wall - before, null]);
  return walls.map((wall) => {
    const found = [before, after]
      .map((offset) => wall - offset)
      .filter((instant) => instant + offsetAt(instant, timeZone) === wall)
      .toSorted((one, other) => one - other);
    return [found[0] ?? null, found[1] ?? null];
  });
}

/** First and second time; `[null, null]` for a time that is skipped. */
export type WallInstants = readonly [number | null, number | null];

/** A skipped time by the clock that was not put forward: 02:30 is what the wall shows as 03:30. */
export function skippedInstant(wall: number, timeZone: string): number {
  return wall - offsetAt(wall - dayMs, timeZone);
}

function openFormat(timeZone: string): Intl.DateTimeFormat {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', era: 'short' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  formats.set(timeZone, format);
  return format;
}
