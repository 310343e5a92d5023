import { type RawBuilder, sql } from 'kysely';

/** PostgreSQL type by column name. */
export type Columns = Readonly<Record<string, string>>;

/** `rows` as a table `r` for one bulk statement: one parameter, whatever their number. */
export function recordset(rows: readonly object[], columns: Columns): RawBuilder<unknown> {
  const shape = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
  return sql`jsonb_to_recordset(${jsonText(rows)}::jsonb) as r(${sql.raw(shape.join(', '))})`;
}

/** As `recordset`, for `json` columns whose key order must stay. */
export function orderedRecordset(rows: readonly object[], columns: Columns): RawBuilder<unknown> {
  const shape = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
  return sql`json_to_recordset(${jsonText(rows)}::json) as r(${sql.raw(shape.join(', '))})`;
}

/** Column names, each with `prefix` in front. */
export function names(columns: Columns, prefix = ''): RawBuilder<unknown> {
  const list = Object.keys(columns).map((name) => `${prefix}"${name}"`);
  return sql.raw(list.join(', '));
}

/** `a = excluded.a, …` of an upsert. */
export function overwrites(columns: Columns): RawBuilder<unknown> {
  const list = Object.keys(columns).map((name) => `"${name}" = excluded."${name}"`);
  return sql.raw(list.join(', '));
}

/** JSON that PostgreSQL takes: it knows neither NUL nor half a surrogate pair; both are left out. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  if (!/\\u(0000|d[89a-f])/.test(text)) return text;
  return text.replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '$1');
}
