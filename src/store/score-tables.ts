import type { Generated, JSONColumnType } from 'kysely';
import type { CustomerHistory } from '../domain/history.ts';
import type { Standing } from '../domain/result.ts';
import type { Score } from '../domain/score.ts';
import type { CutPoints } from '../policy/cut-points.ts';

/** Of scores, and of what they are made with. */
export type ScoreTables = {
  signals: SignalsTable;
  scores: ScoreTable;
  cut_points: CutPointsTable;
  unplanned_runs: UnplannedRunTable;
  unsettled_runs: UnplannedRunTable;
};

/** Of a full run's first pass: what its second scores from. */
type SignalsTable = {
  connection_id: string;
  customer_id: string;
  signals: JSONColumnType<CustomerHistory>;
};

type ScoreTable = {
  connection_id: string;
  customer_id: string;
  run_id: string;
  as_of: string;
  policy_version: string;
  tier: string | null;
  value_score: number | null;
  loyalty_score: number | null;
  recency: number | null;
  frequency: number | null;
  monetary: number | null;
  /** `code:points` of each part, then `family:class` of each class: for the hash. */
  parts: string;
  score: JSONColumnType<Score>;
  /** The day on which time alone changes it; `null`: never. */
  next_change_on: string | null;
  /** Counts that the score was made with; `null`: unknown. */
  referrals: number | null;
  referrals_bought: number | null;
  /** What the next scoring needs of this one. */
  standing: JSONColumnType<Standing> | null;
  /** The standing that this one was found from: it counts while the CRM does not show the score. */
  base_standing: JSONColumnType<Standing> | null;
  /** Net amount in the window, home minor units. */
  net_minor: number | null;
  /** Of the record, in hundredths; `null` for who is left out. */
  completeness: number | null;
  /** Class key by family key. */
  classes: JSONColumnType<Readonly<Record<string, string>>> | null;
};

type CutPointsTable = {
  position: Generated<number>;
  connection_id: string;
  run_id: string;
  cuts: JSONColumnType<CutPoints>;
};

/** A run whose scores no finished plan has compared with what the CRM holds. */
type UnplannedRunTable = { connection_id: string; run_id: string };
