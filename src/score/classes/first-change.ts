/** Steps looked at before a change is taken for granted: too early costs a rescoring, no more. */
const MOST_STEPS = 24;

/**
 * The first day after `today` on which a figure that moves in steps differs, or a little before it.
 * `nextStep` gives the first step after a day, infinite for none; `valueOn` the figure of a day.
 */
export function firstChange(
  today: number,
  nextStep: (after: number) => number,
  valueOn: (day: number) => string | number | null,
): number {
  const now = valueOn(today);
  let on = nextStep(today);
  for (let step = 1; step < MOST_STEPS && Number.isFinite(on) && valueOn(on) === now; step += 1)
    on = nextStep(on);
  return on;
}
