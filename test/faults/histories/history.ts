import fc from 'fast-check';

/** What Assay does after people were at work: it listens, it runs, one after the other or both at once. */
export const answers = ['run', 'hear', 'hear, then run', 'run and hear', 'full run'] as const;
export type Answer = (typeof answers)[number];

/** What people do between two looks of ours, and what comes of their webhooks. */
export type Round = {
  /** One thing that somebody does each: what, chance draws from it. */
  readonly deeds: readonly number[];
  readonly answer: Answer;
  /** Which webhooks are lost, come twice, come late, and in which order. */
  readonly fate: number;
};

export type History = readonly Round[];

const seeds = fc.noShrink(fc.nat(1_000_000_000));

/** Drawn by chance; made smaller by leaving out rounds, then deeds. */
export const anyHistory: fc.Arbitrary<History> = fc.array(
  fc.record({
    deeds: fc.array(seeds, { minLength: 1, maxLength: 8, size: 'max' }),
    answer: fc.constantFrom(...answers),
    fate: seeds,
  }),
  { minLength: 2, maxLength: 4, size: 'max' },
);
