import type { Rfm } from '../domain/score.ts';
import type { Policy } from './schema.ts';

/** Segment of a customer's cell. @throws RangeError for scores that are not whole, 1 to 5. */
export function segmentOf({ segments }: Policy, { recency, frequency, monetary }: Rfm) {
  const found = segments.cells[(recency - 1) * 25 + (frequency - 1) * 5 + (monetary - 1)];
  if (found === undefined) throw new RangeError(`no cell ${recency}${frequency}${monetary}`);
  return found;
}
