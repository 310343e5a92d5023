import type { Instant } from '../../src/domain/time.ts';
import type { FlatRecord } from './flat-record.ts';
import { toInstant, wholeSecond } from './instant.ts';
import { modifiedAt } from './mapping.ts';
import type { ObjectMark } from './watermark.ts';

type Found = {
  /** Latest first; all there are, unless there are more. */
  readonly rows: readonly FlatRecord[];
  readonly hasMore: boolean;
};

type Behind = {
  readonly lookbackMs: number;
  /** Of our last write: rows up to it have been looked at too. */
  readonly ownAt: Instant | null;
};

type Place = Pick<ObjectMark, 'last' | 'from' | 'seen'>;

/**
 * How far a delta has come and where the next one begins: some minutes behind the last row, for a
 * slow transaction shows its rows late. What that stretch holds is remembered, so that nothing of
 * it is yielded twice; where it is too much to remember, the stretch is shorter.
 */
export function nextPlace(mark: ObjectMark, { rows, hasMore }: Found, behind: Behind): Place {
  const last = lastOf(mark, rows[0], behind.ownAt);
  const back = toInstant(Date.parse(last.at) - behind.lookbackMs);
  const from = later(back, mark.from ?? mark.last.at);
  const oldest = rows.at(-1);
  const oldestAt = oldest === undefined ? '' : modifiedAt(oldest.values);
  if (!hasMore || oldestAt < from) return { last, from, seen: seenFrom(rows, from) };
  // More rows than were read share that second.
  if (oldestAt >= last.at) return { last, from: null, seen: [] };
  const whole = wholeSecond(Date.parse(oldestAt) + 1_000);
  return { last, from: whole, seen: seenFrom(rows, whole) };
}

function lastOf({ last }: ObjectMark, top: FlatRecord | undefined, ownAt: Instant | null) {
  const found = top === undefined ? last : { at: modifiedAt(top.values), id: top.id };
  const own = ownAt === null ? '' : wholeSecond(Date.parse(ownAt));
  const furthest = found.at >= last.at ? found : last;
  return own > furthest.at ? { at: own, id: '0' } : furthest;
}

function seenFrom(rows: readonly FlatRecord[], from: Instant): [string, string][] {
  return rows.flatMap(({ id, values }): [string, string][] => {
    const at = modifiedAt(values);
    return at >= from ? [[id, at]] : [];
  });
}

function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}
