import type { RecordId } from './ids.ts';

/** By what two records may be the same customer. */
export const duplicateMatches = ['email', 'phone', 'name'] as const;
export type DuplicateMatch = (typeof duplicateMatches)[number];

/** Records that may be one customer: to be looked at by a person, never merged by us. */
export type DuplicateGroup = {
  readonly by: DuplicateMatch;
  /** The first ten by id, ascending. */
  readonly ids: readonly RecordId[];
  /** How many there are in all, two at least. */
  readonly size: number;
};
