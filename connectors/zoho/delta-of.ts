import type { PullObject, PullTask } from '../../src/domain/pull-task.ts';
import type { Instant } from '../../src/domain/time.ts';
import { coql, countRows } from './coql.ts';
import { type OwnMarks, quoted } from './criteria.ts';
import { renderCursor } from './cursors.ts';
import { type Deleted, readDeleted } from './deleted.ts';
import type { FlatRecord } from './flat-record.ts';
import { compareCounts, type Gap } from './gap.ts';
import { readInstant, wireTime } from './instant.ts';
import { modifiedAt } from './mapping.ts';
import { nextPlace } from './next-mark.ts';
import { type Probe, probe } from './probe.ts';
import { unseen } from './pull-changes.ts';
import { moduleOf, type PullContext } from './pull-context.ts';
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
    countAndDeleted(context, wanted, signal),
  ]);
  const fresh = unseen(found.rows, mark.seen);
  const gap = await gapOf(context, wanted, { found, fresh, counted, deleted }, signal);
  if (deleted.isEndless) return await swept(context, wanted, deleted, tooMany, signal);
  if (gap.isUnexplained) {
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
      ...{ ...gap.next, ...deleted.mark },
      ...{ select: [...fields], refused: [...refused[object]] },
    },
    reason: `changed since ${mark.last.at}${found.hasMore ? ', in many pages' : ''}`,
    calls: tasks.length,
    ...{ isComplete: false, marker: found.marks?.field ?? null },
    gone: deleted.removals.map(([, id]) => id),
  };
}

// The count first: what leaves between the two is then in the list, and not missing from both.
async function countAndDeleted(
  { session }: PullContext,
  { object, mark }: Wanted,
  signal: AbortSignal,
) {
  const module = moduleOf(session, object);
  const counted = await countRows(session, module, createdUntil(mark), signal);
  return { counted, deleted: await readDeleted(session, module, mark, signal) };
}

type Facts = {
  readonly found: Probe;
  readonly fresh: readonly FlatRecord[];
  readonly counted: number;
  readonly deleted: Deleted;
};

async function gapOf(
  context: PullContext,
  { object, mark, known }: Wanted,
  { found, fresh, counted, deleted }: Facts,
  signal: AbortSignal,
): Promise<Gap> {
  const { gap, isLoose, sweeps, suspect } = mark;
  // Among more rows than were read, those created are not to be told: the next delta compares.
  if (found.hasMore) return { isUnexplained: false, next: { gap, isLoose, sweeps, suspect } };
  const counts = { known, counted, removed: deleted.removals.length, ...arrivalsOf(mark, fresh) };
  // What left the recycle bin for good may have left the store long ago.
  const [archived, erased] = [idsOf(deleted, 'archived'), idsOf(deleted, 'erased')];
  const compared = compareCounts(mark, { ...counts, doubtful: erased.length });
  if (!compared.isUnexplained || archived.length === 0) return compared;
  const fleeting = await fleetingAmong(context, object, mark, archived, signal);
  return compareCounts(mark, { ...counts, doubtful: erased.length + fleeting });
}

function idsOf({ removals }: Deleted, kind: 'archived' | 'erased'): readonly string[] {
  return removals.filter(([each]) => each === kind).map(([, id]) => id);
}

function arrivalsOf(mark: ObjectMark, fresh: readonly FlatRecord[]) {
  const seen = new Set(mark.seen.map(([id]) => id));
  const stretch = mark.from ?? mark.last.at;
  const times = fresh
    .filter(({ id }) => !seen.has(id))
    .map(({ values }) => readInstant(values['Created_Time']) ?? '');
  return {
    created: times.filter((at) => at > mark.last.at).length,
    late: times.filter((at) => at >= stretch && at <= mark.last.at).length,
  };
}

/** Ids grow: what left and has a higher one than all that was there before came only since. */
async function fleetingAmong(
  { session }: PullContext,
  object: PullObject,
  mark: ObjectMark,
  gone: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const { rows } = await coql(
    session,
    {
      ...{ module: moduleOf(session, object), select: [], where: createdUntil(mark) },
      ...{ order: 'id desc', limit: 1 },
    },
    signal,
  );
  const highest = BigInt(rows[0]?.id ?? 0);
  return gone.filter((id) => BigInt(id) > highest).length;
}

function createdUntil({ last }: ObjectMark): string {
  return `Created_Time <= ${quoted(wireTime(last.at))}`;
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
