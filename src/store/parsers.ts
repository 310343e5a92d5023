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

/** `2026-11-22 00:54:00.5+00` as `2026-11-22T00:54:00.500Z`, whatever the session's time zone. */
function toInstant(text: string): string {
  if (text.length === 22 && text.endsWith('+00')) {
    return `${text.slice(0, 10)}T${text.slice(11, 19)}.000Z`;
  }
  const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
  return new Date(iso).toISOString();
}
