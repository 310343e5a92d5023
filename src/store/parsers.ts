/** PostgreSQL's type numbers of what the drivers would read otherwise than the domain speaks. */
const int8 = 20;
const date = 1082;
const timestamptz = 1184;

/** Readers of text values, for both drivers alike: each gives the very same values. */
export const parsers: Readonly<Record<number, (text: string) => number | string>> = {
  [int8]: Number,
  [date]: (text) => text,
  [timestamptz]: toInstant,
};

/**
 * `2026-11-22 00:54:00.5+05:30` as `2026-11-21T19:24:00.500Z`. Offsets of long ago have seconds,
 * which `Date` does not read.
 */
function toInstant(text: string): string {
  if (text.length === 22 && text.endsWith('+00')) {
    return `${text.slice(0, 10)}T${text.slice(11, 19)}.000Z`;
  }
  const [, day, time, sign, hours, minutes = 0, seconds = 0] = timestamp.exec(text) ?? [];
  const offset = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
  const local = Date.parse(`${day}T${time}Z`);
  return new Date(sign === '-' ? local + offset : local - offset).toISOString();
}

const timestamp = /^(\S+) ([\d:.]+)([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?$/;
