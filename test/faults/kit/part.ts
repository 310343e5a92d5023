/**
 * How the parts of `npm run test:faults` are written. A part is a file that exports one `Part` and is
 * named in `test/faults/parts.ts`; nothing else knows it.
 *
 * ```ts
 * export const badInputs: Part = {
 *   name: 'bad-inputs',
 *   counts: 'badInputs',
 *   open: async ({ seed }) => ({
 *     cases: [{ id: 'csv', run: async (signal) => ({ status: 'equal', tried: 500 }) }],
 *     close: async () => {},
 *   }),
 * };
 * ```
 *
 * - `open` makes what the cases share (servers, snapshots) and names all cases, in an order that is the
 *   same for the same seed: `--share 2/4` takes every fourth, `--only <text>` those whose id holds the text,
 *   and the sample of `npm test` draws some by a seed that is the day.
 * - Cases run side by side, as many as `parallel` says: each makes whatever it changes itself.
 * - A case never throws for what it looks for: `mismatch` is "ended otherwise than it must", `crash` is
 *   "died, hung or failed in a way nobody planned". What a case throws is counted as a crash.
 * - An id holds all that is needed to repeat a case: `npm run test:faults -- --part kill --seed 7
 *   --only '<id>'`. What is drawn by chance is drawn from `seed` and the id, never from `Math.random`.
 */
export const partNames = ['kill', 'faults', 'schedules', 'bad-inputs', 'histories'] as const;
export type PartName = (typeof partNames)[number];

/** What the last line counts. Histories are schedules of what people do, and counted there. */
export const tallies = ['crashPoints', 'faultCases', 'schedules', 'badInputs'] as const;
export type TallyName = (typeof tallies)[number];

export type Part = {
  readonly name: PartName;
  readonly counts: TallyName;
  readonly open: (options: PartOptions) => Promise<OpenPart>;
};

export type PartOptions = {
  /** Repeats whatever is drawn by chance. */
  readonly seed: number;
  /** Only cases whose id holds this will run; what no such case needs may be left out. */
  readonly only: string | null;
  /** Cases that will run at once. */
  readonly parallel: number;
  /** Part of `npm test`: open only what a minute's cases need. Which, the seed decides. */
  readonly isSample: boolean;
  /** A line for a person, on stderr. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

export type OpenPart = {
  readonly cases: readonly Case[];
  /** How many run at once, where they mostly wait. Default: as many as `parallel` says. */
  readonly sideBySide?: number;
  readonly close: () => Promise<void>;
};

export type Case = {
  /** Unique in its part, without blanks. */
  readonly id: string;
  /** `signal` ends when the case has taken too long (`timeoutMs`) or a person stops everything. */
  readonly run: (signal: AbortSignal) => Promise<Outcome>;
  /** Default 120,000. A case that takes longer has crashed. */
  readonly timeoutMs?: number;
};

/** `tried`: how many inputs, schedules or points one case stands for; default 1. */
export type Outcome = { readonly tried?: number } & (
  | { readonly status: 'equal' }
  | { readonly status: 'mismatch' | 'crash'; readonly why: string }
);
