import { describe, expect, it } from 'vitest';
import { defaultSchedule, scheduleSchema } from '../../src/config/schedule-schema.ts';
import { dueKinds } from '../../src/domain/due-work.ts';
import type { Schedule } from '../../src/domain/schedule.ts';

const times = ({ times: all }: Schedule) => dueKinds.map((kind) => all[kind]?.text ?? 'off');

function problems(written: unknown): readonly string[] {
  const { error } = scheduleSchema.safeParse(written);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('the schedule of a connection', () => {
  it('is whole when nobody writes one', () => {
    expect(times(defaultSchedule)).toEqual([
      ...['0 3 * * *', '*/15 * * * *', '0 5 * * 0', '0 4 * * *', '30 4 * * *'],
    ]);
    expect(defaultSchedule).toMatchObject({ timeZone: null, keepDays: 400 });
  });

  it('is changed one by one, and switched off', () => {
    const schedule = scheduleSchema.parse({
      ...{ nightly: '30 2 * * mon-fri', reconcile: 'off', deltaMinutes: 30 },
      ...{ timeZone: 'Asia/Kolkata', keepDays: 90 },
    });
    expect(times(schedule)).toEqual([
      ...['30 2 * * mon-fri', '*/30 * * * *', 'off', '0 4 * * *', '30 4 * * *'],
    ]);
    expect(schedule).toMatchObject({ timeZone: 'Asia/Kolkata', keepDays: 90 });
  });

  it.each([
    [15, '*/15 * * * *'],
    [60, '0 */1 * * *'],
    [240, '0 */4 * * *'],
    [1_440, '0 0 * * *'],
  ])('has a delta every %i minutes', (deltaMinutes, text) => {
    expect(scheduleSchema.parse({ deltaMinutes }).times.delta?.text).toBe(text);
  });

  it('says what is wrong with it, all at once', () => {
    const wrong = { nightly: '0 25 * * *', reconcile: '@weekly', timeZone: 'Mars', keepDays: 3 };
    expect(problems(wrong)).toEqual([
      'nightly: `0 25 * * *` is no time of cron: `25` is no hour, which goes from 0 to 23',
      'reconcile: `@weekly` is no time of cron: it has five fields: minute, hour, day of the month, month, weekday',
      expect.stringContaining('keepDays: '),
      'timeZone: is no time zone; give one as `Europe/Berlin`',
    ]);
    expect(problems({ deltaMinutes: 7 })).toEqual([
      'deltaMinutes: must divide an hour or a day evenly: 5, 10, 15, 30, 60, 120, …',
    ]);
    expect(problems({ delta: '*/5 * * * *', deltaMinutes: 5 })).toEqual([
      'deltaMinutes: stands beside `delta`, which says the same; keep one of them',
    ]);
  });
});
