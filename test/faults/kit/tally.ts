import type { Outcome, TallyName } from './part.ts';

/** What the last line of `npm run test:faults -- --json` says. */
export type Counts = Readonly<Record<TallyName | 'mismatches' | 'crashes', number>>;

export const noCounts: Counts = {
  crashPoints: 0,
  faultCases: 0,
  schedules: 0,
  badInputs: 0,
  mismatches: 0,
  crashes: 0,
};

/** One case, counted. */
export function counted(name: TallyName, { status, tried = 1 }: Outcome): Counts {
  return {
    ...noCounts,
    [name]: tried,
    mismatches: status === 'mismatch' ? 1 : 0,
    crashes: status === 'crash' ? 1 : 0,
  };
}

export function sumOf(one: Counts, other: Counts): Counts {
  return {
    crashPoints: one.crashPoints + other.crashPoints,
    faultCases: one.faultCases + other.faultCases,
    schedules: one.schedules + other.schedules,
    badInputs: one.badInputs + other.badInputs,
    mismatches: one.mismatches + other.mismatches,
    crashes: one.crashes + other.crashes,
  };
}
