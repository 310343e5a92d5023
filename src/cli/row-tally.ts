/** Lines that are named; of more, only the number. */
const NAMED_LINES = 5;

/** Rows of a file that something is said of: how many, and the first of their lines. */
export type TalliedRows = {
  readonly why: string;
  readonly count: number;
  readonly lines: readonly number[];
};

/** Counts rows by what is said of them. */
export class RowTally {
  readonly #byWhy = new Map<string, { count: number; lines: number[] }>();

  add(why: string, line: number): void {
    const found = this.#found(why);
    found.count += 1;
    if (found.lines.length < NAMED_LINES) found.lines.push(line);
  }

  /** Many rows at once. */
  addRows(why: string, { count, lines }: Omit<TalliedRows, 'why'>): void {
    const found = this.#found(why);
    found.count += count;
    const first = [...found.lines, ...lines].sort((left, right) => left - right);
    found.lines = first.slice(0, NAMED_LINES);
  }

  rows(): readonly TalliedRows[] {
    return [...this.#byWhy].map(([why, { count, lines }]) => ({ why, count, lines }));
  }

  #found(why: string): { count: number; lines: number[] } {
    const found = this.#byWhy.get(why) ?? { count: 0, lines: [] };
    this.#byWhy.set(why, found);
    return found;
  }
}
