/** Days of silence at which a forecast is made anew; beyond the last, every so many days. */
const steps = [0, 7, 14, 30, 45, 60, 90, 120, 180, 270, 365, 545, 730, 1095] as const;
const LAST_STEP = 1095;
const THEN_EVERY = 365;

/** The step of a silence, in days: the latest not above it. Forecasts see no other silence. */
export function silenceStep(silence: number): number {
  if (silence >= LAST_STEP) return silence - ((silence - LAST_STEP) % THEN_EVERY);
  return steps.findLast((step) => step <= silence) ?? 0;
}

/** The first step above a silence. */
export function nextSilenceStep(silence: number): number {
  return steps.find((step) => step > silence) ?? silenceStep(silence) + THEN_EVERY;
}
