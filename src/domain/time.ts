/** A moment as ISO 8601 in UTC with milliseconds (`2026-11-22T00:54:00.000Z`): sorts as text. */
export type Instant = string;

/** A calendar day in the account's time zone as `YYYY-MM-DD`: sorts as text. */
export type LocalDay = string;
