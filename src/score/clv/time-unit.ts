/** Units of time of a fit. */
export const timeUnits = ['day', 'week', 'month', 'year'] as const;
export type TimeUnit = (typeof timeUnits)[number];

const DAYS_PER_YEAR = 365.25;

/** Days in a unit: a year has 365.25, a month a twelfth of it. */
export const daysPer: Readonly<Record<TimeUnit, number>> = {
  day: 1,
  week: 7,
  month: DAYS_PER_YEAR / 12,
  year: DAYS_PER_YEAR,
};

/** Units in a year of 365.25 days. */
export function unitsPerYear(unit: TimeUnit): number {
  return DAYS_PER_YEAR / daysPer[unit];
}
