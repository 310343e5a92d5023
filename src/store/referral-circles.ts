import type { RecordId } from '../domain/ids.ts';

/**
 * Customers on a circle of referrals (A sent B, B sent C, C sent A): what they say of each other does
 * not count. `referrerOf` has at most one referrer a customer, so each is looked at once or twice.
 */
export function circles(referrerOf: ReadonlyMap<RecordId, RecordId>): ReadonlySet<RecordId> {
  const onCircle = new Set<RecordId>();
  const seenFrom = new Map<RecordId, RecordId>();
  for (const start of referrerOf.keys()) {
    let at: RecordId | undefined = start;
    while (at !== undefined && !seenFrom.has(at)) {
      seenFrom.set(at, start);
      at = referrerOf.get(at);
    }
    // Met again on the same walk: a circle closed here.
    if (at !== undefined && seenFrom.get(at) === start) addCircle(at, referrerOf, onCircle);
  }
  return onCircle;
}

function addCircle(
  first: RecordId,
  referrerOf: ReadonlyMap<RecordId, RecordId>,
  onCircle: Set<RecordId>,
): void {
  let at: RecordId | undefined = first;
  while (at !== undefined && !onCircle.has(at)) {
    onCircle.add(at);
    at = referrerOf.get(at);
  }
}
