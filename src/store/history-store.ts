import type { ConnectionId, RecordId, RunId } from '../domain/ids.ts';
import type { Score } from '../domain/score.ts';
import type { LocalDay } from '../domain/time.ts';
import type { CutPoints } from '../policy/cut-points.ts';

/** A score as it became: it holds until the next one of its customer. */
export type KeptScore = {
  readonly asOf: LocalDay;
  readonly runId: RunId;
  readonly policyVersion: string;
  /** Names the cut points it was made with; `null`: none were kept. */
  readonly cuts: number | null;
  readonly score: Score;
};

/** Scores of the past; retention forgets what ended too long ago. */
export type HistoryStore = {
  /** Oldest first; several of one day in the order in which they came. */
  readonly of: (connection: ConnectionId, id: RecordId) => Promise<readonly KeptScore[]>;
  readonly cuts: (position: number) => Promise<CutPoints | null>;
};
