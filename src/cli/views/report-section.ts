import type { Rows } from './backtest-rows.ts';

/** A part of a report: words, and tables whose first `words` columns hold words. */
export type ReportSection = {
  readonly title: string;
  readonly notes: readonly string[];
  readonly tables: readonly {
    readonly caption: string;
    readonly rows: Rows;
    readonly words: number;
  }[];
};
