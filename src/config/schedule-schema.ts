import { z } from 'zod';
import type { Schedule } from '../domain/schedule.ts';
import { type Cron, parseCron } from '../lib/cron.ts';

/** Own writes are recognised by a ledger that reads back 40 days. */
const leastKeepDays = 60;

const minutesOfDay = 1_440;

/** `0 3 * * *`, or `off`. */
const times = z.string().transform((text, ctx): Cron | null => {
  if (text.trim() === 'off') return null;
  try {
    return parseCron(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    ctx.addIssue({ code: 'custom', message: `\`${text}\` is no time of cron: ${why}` });
    return z.NEVER;
  }
});

const timeZone = z.string().refine(isTimeZone, {
  error: 'is no time zone; give one as `Europe/Berlin`',
});

const written = z.strictObject({
  nightly: times.optional(),
  delta: times.optional(),
  deltaMinutes: z
    .int()
    .positive()
    .refine(dividesDay, 'must divide an hour or a day evenly: 5, 10, 15, 30, 60, 120, …')
    .optional(),
  reconcile: times.optional(),
  channels: times.optional(),
  retention: times.optional(),
  keepDays: z.int().min(leastKeepDays).default(400),
  timeZone: timeZone.optional(),
});

/** `schedule:` of a connection; every key has a default. */
export const scheduleSchema = written
  .refine(({ delta, deltaMinutes }) => delta === undefined || deltaMinutes === undefined, {
    path: ['deltaMinutes'],
    error: 'stands beside `delta`, which says the same; keep one of them',
  })
  .transform(
    (from): Schedule => ({
      times: {
        run: orDefault(from.nightly, '0 3 * * *'),
        delta: orDefault(from.delta, everyMinutes(from.deltaMinutes ?? 15)),
        full: orDefault(from.reconcile, '0 5 * * 0'),
        'renew-channels': orDefault(from.channels, '0 4 * * *'),
        retention: orDefault(from.retention, '30 4 * * *'),
      },
      timeZone: from.timeZone ?? null,
      keepDays: from.keepDays,
    }),
  );

/** What an operator who writes nothing gets. */
export const defaultSchedule: Schedule = scheduleSchema.parse({});

/** For guessing what a misspelt key meant. */
export const scheduleKeys: readonly string[] = Object.keys(written.shape);

function orDefault(cron: Cron | null | undefined, text: string): Cron | null {
  return cron === undefined ? parseCron(text) : cron;
}

function dividesDay(minutes: number): boolean {
  return minutes < 60 ? 60 % minutes === 0 : minutes % 60 === 0 && minutesOfDay % minutes === 0;
}

function everyMinutes(minutes: number): string {
  if (minutes < 60) return `*/${minutes} * * * *`;
  return minutes === minutesOfDay ? '0 0 * * *' : `0 */${minutes / 60} * * *`;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
