/** How a holder works; milliseconds. */
export type WorkSettings = {
  /** A record is looked at when nothing was said of it for so long. */
  readonly debounceMs: number;
  /** And when the first thing said of it is this old, however much follows. */
  readonly maxWaitMs: number;
  /** A customer that was rescored is not again for so long: what comes meanwhile is one rescoring. */
  readonly restMs: number;
  /** Work goes on in a new message after so long. */
  readonly sliceMs: number;
};

export const defaultWorkSettings: WorkSettings = {
  debounceMs: 2_000,
  maxWaitMs: 5_000,
  restMs: 60_000,
  sliceMs: 600_000,
};
