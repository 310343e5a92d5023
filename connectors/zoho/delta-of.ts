import type { PullObject, PullTask } from '../../src/domain/pull-task.ts';
import type { Instant } from '../../src/domain/time.ts';
import { countAndDeleted, gapOf } from './counted-gap.ts';
import type { OwnMarks } from './criteria.ts';
import { renderCursor } from './cursors.ts';
import type { Deleted } from './deleted.ts';
import type { FlatRecord } from './flat-record.ts';
import { modifiedAt } from './mapping.ts';
import { nextPlace } from './next-mark.ts';
import { type Probe, probe } from './probe.ts';
import { unseen } from './pull-changes.ts';
import type { PullContext } from './pull-context.ts';
import { planRead } from './pull-full.ts';
import { fieldsToRead } from './shape.ts';
import type { ObjectMark } from './watermark.ts';

/** One object, and what is known of it. */
export type Wanted = {
  readonly object: PullObject;
  readonly mark: ObjectMark;
  readonly known: number;
  readonly marks: OwnMarks | null;
  readonly ownAt: Instant | null;
  /** Whether all may be read where counts differ. */
  readonly mayList: boolean;
};

/** What one object's delta consists of. */
export type ObjectDelta = {
  readonly tasks: readonly PullTask[];
  readonly mark: ObjectMark;
  readonly reason: string;
  readonly calls: number;
  /** All of it is read instead. */
  readonly isComplete: boolean;
  /** Records that left. */
  readonly gone: readonly string[];
  /** The field that held the runs' markers; `null`: not needed. */
  readonly marker: string | null;
};

export async function deltaOf(
  context: PullContext,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<ObjectDelta> {
  const { session, refused } = context;
  const { object, mark, marks } = wanted;
  for (const name of mark.refused) refused[object].add(name);
  const [found, { counted, deleted }] = await Promise.all([
    probe(context, { object, mark, fields: mark.select, marks }, signal),
    countAndDeleted(context.session, wanted, signal),
  ]);
  const fresh = unseen(found.rows, mark.seen);
  const gap = await gapOf(context, wanted, { found, fresh, counted, deleted }, signal);
  if (deleted.isEndless) return await swept(context, wanted, deleted, tooMany, signal);
  if (gap.isUnexplained && wanted.mayList) {
    const all = await swept(context, wanted, deleted, unexplained(wanted.known), signal);
    const { sweeps, suspect } = gap.next;
    return { ...all, mark: { ...all.mark, gap: mark.gap, sweeps, suspect } };
  }
  const fields = fresh.length === 0 ? mark.select : await fieldsToRead(session, object, signal);
  const tasks = [
    ...goneTask(object, deleted.removals),
    ...freshTask(context, object, fresh, found, fields),
    ...olderTask(wanted, found, fields),
  ];
  return {
    tasks,
    mark: {
      ...nextPlace(mark, found, { lookbackMs: session.settings.lookbackMs, ownAt: wanted.ownAt }),
      ...{ ...(gap.isUnexplained ? asBefore(mark) : gap.next), ...deleted.mark },
      ...{ select: [...fields], refused: [...refused[object]] },
    },
    reason: `changed since ${mark.last.at}${found.hasMore ? ', in many pages' : ''}`,
    calls: tasks.length,
    ...{ isComplete: false, marker: found.marks?.field ?? null },
    gone: deleted.removals.map(([, id]) => id),
  };
}

/** A difference that nobody looked into yet stays one. */
function asBefore({ gap, isLoose, sweeps, suspect }: ObjectMark) {
  return { gap, isLoose, sweeps, suspect };
}

const tooMany = 'more records were deleted than can be listed';

function unexplained(known: number): string {
  return `other than the ${known} stored ones are there, and no change tells why`;
}

/** Everything is read in place of a delta. */
export async function swept(
  context: PullContext,
  { object }: Wanted,
  { removals }: Pick<Deleted, 'removals'>,
  why: string,
  signal: AbortSignal,
): Promise<ObjectDelta> {
  const read = await planRead(context, object, signal);
  return {
    // The listing shows who is gone, not who is gone for good.
    tasks: [...goneTask(object, removals), ...read.tasks],
    mark: read.mark,
    reason: `all, for ${why}: by ${read.reason}`,
    calls: read.calls,
    ...{ isComplete: true, marker: null },
    gone: removals.map(([, id]) => id),
  };
}

function goneTask(object: PullObject, removals: Deleted['removals']): readonly PullTask[] {
  if (removals.length === 0) return [];
  const cursor = renderCursor({
    kind: 'removed',
    removals: removals.map(([kind, id]): ['archived' | 'erased', string] => [kind, id]),
  });
  return [{ key: `${object}:removed`, object, kind: 'removed', cursor, expected: null }];
}

/** Read already, so its page costs nothing; a new process reads them by id. */
function freshTask(
  { read }: PullContext,
  object: PullObject,
  fresh: readonly FlatRecord[],
  found: Probe,
  fields: readonly string[],
): readonly PullTask[] {
  if (fresh.length === 0) return [];
  const oldestFirst = fresh.toReversed();
  const cursor = renderCursor({ kind: 'ids', ids: oldestFirst.map(({ id }) => id) });
  const isWhole =
    found.fields?.length === fields.length && fields.every((name) => found.fields?.includes(name));
  if (isWhole) read.set(cursor, oldestFirst);
  const expected = fresh.length;
  return [{ key: `${object}:newest`, object, kind: 'changes', cursor, expected }];
}

/** Changes before the newest 200. */
function olderTask(
  { object, mark }: Wanted,
  { rows, hasMore, marks }: Probe,
  fields: readonly string[],
): readonly PullTask[] {
  const oldest = rows.at(-1);
  if (!hasMore || oldest === undefined) return [];
  const cursor = renderCursor({
    kind: 'changes',
    from: mark.from,
    behind: mark.last,
    before: { at: modifiedAt(oldest.values), id: oldest.id },
    marks: marks === null ? null : { ...marks, writes: [...marks.writes] },
    seen: [...mark.seen],
    fields: [...fields],
  });
  return [{ key: `${object}:changes`, object, kind: 'changes', cursor, expected: null }];
}
