import type { Score } from '../domain/score.ts';

/** Counts what a report says of the scores made in a run. */
export class ScoreTally {
  readonly #problems = new Map<string, number>();
  #scored = 0;
  readonly #outOfScope = { excluded: 0, silent: 0 };
  #optedOut = 0;

  add({ signals, optedOut, outOfScope }: Score): void {
    this.#scored += 1;
    if (optedOut) this.#optedOut += 1;
    if (outOfScope != null) this.#outOfScope[outOfScope.code] += 1;
    for (const [problem, count] of Object.entries(signals.problems))
      this.#problems.set(problem, (this.#problems.get(problem) ?? 0) + count);
  }

  get scored(): number {
    return this.#scored;
  }

  get optedOut(): number {
    return this.#optedOut;
  }

  /** By why the policy leaves them out. */
  get outOfScope(): { readonly excluded: number; readonly silent: number } {
    return { ...this.#outOfScope };
  }

  /** Deals left out, by cause; a deal of several customers counts for each. */
  get problems(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#problems);
  }
}
