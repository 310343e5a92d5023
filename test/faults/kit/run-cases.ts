import type { Case, OpenPart, Outcome, Part, PartName, PartOptions } from './part.ts';
import { shuffled } from './shuffled.ts';
import { type Counts, counted, noCounts, sumOf } from './tally.ts';

export type RunOptions = PartOptions & {
  /** Every `of`th case, beginning with the `at`th; both from 1. Default: all. */
  readonly share: { readonly at: number; readonly of: number };
  /** No case is begun later than this, by `performance.now()`. */
  readonly until: number;
};

/** A case that did not end as it must. */
export type Found = {
  readonly part: PartName;
  readonly id: string;
  readonly status: 'mismatch' | 'crash';
  readonly why: string;
};

export type Ran = {
  readonly counts: Counts;
  readonly found: readonly Found[];
  readonly run: number;
  readonly left: number;
};

const timeoutMs = 120_000;
/** A case that is told to end and does not is left behind. */
const graceMs = 5_000;

/** Runs the cases of one part, side by side. */
export async function runPart(part: Part, options: RunOptions): Promise<Ran> {
  const open = await part.open(options);
  try {
    return await runCases(part, open, options);
  } finally {
    await open.close();
  }
}

async function runCases(part: Part, opened: OpenPart, options: RunOptions): Promise<Ran> {
  const { cases, sideBySide = options.parallel } = opened;
  const all = cases.filter(isChosen(options));
  const chosen = options.isSample ? shuffled(all, options.seed) : all;
  const found: Found[] = [];
  let counts = noCounts;
  let run = 0;
  const waiting = chosen.values();
  const isOver = () => options.signal.aborted || performance.now() > options.until;
  const lane = async (): Promise<void> => {
    for (const one of waiting) {
      const outcome = await outcomeOf(one, options.signal);
      counts = sumOf(counts, counted(part.counts, outcome));
      run += 1;
      if (outcome.status !== 'equal') {
        const { status, why } = outcome;
        found.push({ part: part.name, id: one.id, status, why });
        options.say(`${part.name} ${one.id}: ${status}: ${why}`);
      }
      if (run % 50 === 0) options.say(`${part.name}: ${run} of ${chosen.length}`);
      if (isOver()) return;
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, lane));
  return { counts, found, run, left: chosen.length - run };
}

function isChosen({ share, only }: RunOptions): (one: Case, index: number) => boolean {
  return ({ id }, index) =>
    (only === null || id.includes(only)) && index % share.of === share.at - 1;
}

async function outcomeOf(one: Case, stop: AbortSignal): Promise<Outcome> {
  const ms = one.timeoutMs ?? timeoutMs;
  const late = new AbortController();
  const timers = [setTimeout(() => late.abort(new Error(`took longer than ${ms} ms`)), ms)];
  const hung = new Promise<Outcome>((resolve) => {
    const why = `hung: did not end within ${ms + graceMs} ms`;
    timers.push(setTimeout(() => resolve({ status: 'crash', why }), ms + graceMs));
  });
  try {
    return await Promise.race([one.run(AbortSignal.any([stop, late.signal])), hung]);
  } catch (error) {
    return { status: 'crash', why: wordsOf(error) };
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
