import type { Generated, JSONColumnType } from 'kysely';
import type { Score } from '../domain/score.ts';

/** What was, and who is not to be. */
export type HistoryTables = {
  score_history: ScoreHistoryTable;
  erasures: ErasureTable;
};

/** A score from the day on which it became another; see `score-history.ts`. */
type ScoreHistoryTable = {
  connection_id: string;
  customer_id: string;
  position: Generated<number>;
  as_of: string;
  run_id: string;
  policy_version: string;
  /** Position of the cut points that it was made with. */
  cuts: number | null;
  score: JSONColumnType<Score>;
};

/** That somebody was erased whose bytes may still lie in the files: nothing of whom. */
type ErasureTable = {
  connection_id: string;
  /** How many since the files were last cleaned. */
  uncleaned: number;
};
