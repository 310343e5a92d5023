import type { FieldValues } from '../domain/field.ts';
import type { Score } from '../domain/score.ts';

/** A score beside what the CRM holds of it: what a plan compares. */
export type ScoredCustomer = {
  readonly score: Score;
  /** A missing key is an empty field. */
  readonly held: FieldValues;
  /** Keys of our static lists it is on, as far as we know. */
  readonly lists: readonly string[];
};
