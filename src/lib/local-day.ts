const dayMs = 86_400_000;

/** One UTC day cut by local midnight: the day before it, and from `switchAt` on the day after. */
type Cut = { readonly before: string; readonly after: string; readonly switchAt: number };

/** Per time zone: a formatter costs about 100 µs to make, and a format a few more than a look-up. */
type Zone = { readonly format: Intl.DateTimeFormat; readonly cuts: Map<number, Cut> };

const zones = new Map<string, Zone>();

/**
 * The calendar day (`YYYY-MM-DD`) in which the instant (epoch ms) falls in an IANA time zone.
 * @throws RangeError for a zone that does not exist.
 */
export function localDay(instantMs: number, timeZone: string): string {
  const zone = zones.get(timeZone) ?? openZone(timeZone);
  const utcDay = Math.floor(instantMs / dayMs);
  const cut = zone.cuts.get(utcDay) ?? findCut(zone, utcDay);
  return instantMs < cut.switchAt ? cut.before : cut.after;
}

function openZone(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const zone = { format, cuts: new Map<number, Cut>() };
  zones.set(timeZone, zone);
  return zone;
}

// Local days only ever move forward, so the one midnight inside a UTC day is found by bisection.
function findCut(zone: Zone, utcDay: number): Cut {
  let [low, high] = [utcDay * dayMs, (utcDay + 1) * dayMs - 1];
  const [before, after] = [dayAt(zone, low), dayAt(zone, high)];
  if (before !== after)
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (dayAt(zone, middle) === before) low = middle;
      else high = middle;
    }
  const cut = { before, after, switchAt: before === after ? 0 : high };
  zone.cuts.set(utcDay, cut);
  return cut;
}

function dayAt({ format }: Zone, instantMs: number): string {
  const parts = new Map(format.formatToParts(instantMs).map(({ type, value }) => [type, value]));
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
}
