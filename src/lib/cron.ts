/** When something is due, in the wall-clock time of some zone: the five fields of crontab(5). */
export type Cron = {
  /** As written. */
  readonly text: string;
  /** Sorted. */
  readonly minutes: readonly number[];
  /** Sorted. */
  readonly hours: readonly number[];
  /** Hours are `*`, with a step or without: it goes on through a clock that is put back. */
  readonly isEveryHour: boolean;
  /** Whether it is due on a day at all; `weekday` 0 is Sunday. */
  readonly isOn: (day: { month: number; dayOfMonth: number; weekday: number }) => boolean;
};

type Field = { readonly name: string; readonly least: number; readonly most: number } & {
  readonly names?: readonly string[];
};

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdays = 'sun mon tue wed thu fri sat'.split(' ');

const fields = {
  minute: { name: 'minute', least: 0, most: 59 },
  hour: { name: 'hour', least: 0, most: 23 },
  dayOfMonth: { name: 'day of the month', least: 1, most: 31 },
  month: { name: 'month', least: 1, most: 12, names: months },
  weekday: { name: 'weekday', least: 0, most: 7, names: weekdays },
} as const satisfies Readonly<Record<string, Field>>;

/**
 * Reads `minute hour day-of-month month weekday`: numbers, names of months and days, `*`, lists, ranges
 * and steps. Of two restricted days either will do, as in every cron.
 * @throws SyntaxError saying what is wrong, in words for whoever wrote it.
 */
export function parseCron(text: string): Cron {
  const parts = text.trim().toLowerCase().split(/\s+/);
  const [minute = '', hour = '', dayOfMonth = '', month = '', weekday = ''] = parts;
  if (parts.length !== 5)
    throw new SyntaxError('it has five fields: minute, hour, day of the month, month, weekday');
  const inMonth = new Set(valuesOf(month, fields.month));
  const onDate = new Set(valuesOf(dayOfMonth, fields.dayOfMonth));
  const onWeekday = new Set(valuesOf(weekday, fields.weekday).map((day) => day % 7));
  const isEither = !dayOfMonth.startsWith('*') && !weekday.startsWith('*');
  const cron: Cron = {
    text: text.trim(),
    minutes: valuesOf(minute, fields.minute),
    hours: valuesOf(hour, fields.hour),
    isEveryHour: hour.startsWith('*'),
    isOn: (day) => {
      if (!inMonth.has(day.month)) return false;
      const [date, week] = [onDate.has(day.dayOfMonth), onWeekday.has(day.weekday)];
      return isEither ? date || week : date && week;
    },
  };
  const isNever = !isEither && !comes(inMonth, onDate);
  if (isNever) throw new SyntaxError('it names a day that no year has');
  return cron;
}

function comes(inMonth: ReadonlySet<number>, onDate: ReadonlySet<number>): boolean {
  const first = Math.min(...onDate);
  return [...inMonth].some((month) => first <= new Date(Date.UTC(2024, month, 0)).getUTCDate());
}

function valuesOf(text: string, field: Field): readonly number[] {
  const values = text.split(',').flatMap((part) => valuesOfPart(part, field));
  return [...new Set(values)].toSorted((one, other) => one - other);
}

/** `*`, `5`, `mon-fri`, and any of them with a step. */
function valuesOfPart(part: string, field: Field): readonly number[] {
  const [range = '', step = '1', ...rest] = part.split('/');
  const by = /^\d+$/.test(step) ? Number(step) : 0;
  if (rest.length > 0 || by < 1) throw unreadable(part, field);
  const [from, to] = rangeOf(range, field, part.includes('/'));
  if (from > to) throw unreadable(part, field);
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, at) => from + at * by);
}

function rangeOf(text: string, field: Field, hasStep: boolean): readonly [number, number] {
  if (text === '*') return [field.least, field.name === 'weekday' ? 6 : field.most];
  const [from = '', to, ...rest] = text.split('-');
  if (rest.length > 0) throw unreadable(text, field);
  const first = numberOf(from, field);
  if (to !== undefined) return [first, numberOf(to, field)];
  return [first, hasStep ? field.most : first];
}

function numberOf(text: string, field: Field): number {
  const named = field.names?.indexOf(text) ?? -1;
  if (named >= 0) return named + field.least;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= field.least && value <= field.most) return value;
  throw unreadable(text, field);
}

function unreadable(text: string, { name, least, most }: Field): SyntaxError {
  return new SyntaxError(`\`${text}\` is no ${name}, which goes from ${least} to ${most}`);
}
