const MINUTES_PER_DAY = 24 * 60;
const MS_PER_DAY = MINUTES_PER_DAY * 60_000;
const DATE_LENGTH = 'yyyy-mm-dd'.length;
const HOUR_LENGTH = 'yyyy-mm-ddThh'.length;

/** Turns a wall-clock time (`2011-06-01T09:00:00`) into an instant that keeps it. */
export type ToInstant = (local: string) => string;

/**
 * Writes a zone's offset behind its local times. Worlds have millions of orders and `Intl` is slow,
 * so the offset is looked up once an hour of the calendar: zones change on the hour.
 * In the hour that a clock change repeats or skips, one of the two offsets is taken.
 */
export function localTime(timeZone: string): ToInstant {
  const offsets = new Map<string, string>();
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' });
  return (local) => {
    const hour = local.slice(0, HOUR_LENGTH);
    const known = offsets.get(hour);
    const offset = known ?? offsetAt(local, format);
    if (known === undefined) offsets.set(hour, offset);
    return local + offset;
  };
}

/** The day, as the seller's calendar has it. */
export function dayOf(local: string): string {
  return local.slice(0, DATE_LENGTH);
}

/** The day so many days after another. */
export function daysAfter(day: string, days: number): string {
  return dayNamed(dayNumber(day) + days);
}

/** The wall-clock time so many minutes after a day began. */
export function minutesAfter(day: string, minutes: number): string {
  const minute = minutes % MINUTES_PER_DAY;
  const hours = String(Math.floor(minute / 60)).padStart(2, '0');
  const date = daysAfter(day, Math.floor(minutes / MINUTES_PER_DAY));
  return `${date}T${hours}:${String(minute % 60).padStart(2, '0')}:00`;
}

// A world has millions of records and a thousand days: each day is worked out once, and every
// record that names it shares the same string.
const numbers = new Map<string, number>();
const names = new Map<number, string>();

function dayNumber(day: string): number {
  const known = numbers.get(day);
  if (known !== undefined) return known;
  const number = Date.parse(day) / MS_PER_DAY;
  numbers.set(day, number);
  return number;
}

function dayNamed(number: number): string {
  const known = names.get(number);
  if (known !== undefined) return known;
  const name = dayOf(new Date(number * MS_PER_DAY).toISOString());
  names.set(number, name);
  return name;
}

function offsetAt(local: string, format: Intl.DateTimeFormat): string {
  const asIfUtc = Date.parse(`${local}Z`);
  const nearby = offsetOf(new Date(asIfUtc), format);
  return offsetOf(new Date(Date.parse(local + nearby)), format);
}

function offsetOf(instant: Date, format: Intl.DateTimeFormat): string {
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value;
  const offset = name?.slice('GMT'.length) ?? '';
  return offset === '' ? '+00:00' : offset;
}
