/** What a person watching sees of a stage. Entries draw it; the stages only tell. */
export type Progress = {
  /** `total` is `null` when nobody knows. */
  readonly start: (stage: Stage, total: number | null) => void;
  readonly advance: (stage: Stage, by: number) => void;
  readonly end: (stage: Stage) => void;
};

export const stages = ['pull', 'score', 'plan', 'apply', 'lists'] as const;
export type Stage = (typeof stages)[number];

const nothing = (): void => undefined;

/** For tests, Lambdas and `--json` without a terminal. */
export const silentProgress: Progress = { start: nothing, advance: nothing, end: nothing };
