import type { Generated, JSONColumnType } from 'kysely';
import type { ReviewSnapshot } from '../domain/review.ts';

/** Reviews that were done. */
export type ReviewTables = { reviews: ReviewTable };

type ReviewTable = {
  connection_id: string;
  position: Generated<number>;
  at: string;
  actor: string;
  done_on: string;
  snapshot: JSONColumnType<ReviewSnapshot>;
  /** The newest kept score of the connection then: what was is found by it. */
  history_position: number;
};
