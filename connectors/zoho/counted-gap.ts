import type { PullObject } from '../../src/domain/pull-task.ts';
import { coql, countRows } from './coql.ts';
import { quoted } from './criteria.ts';
import { type Deleted, readDeleted } from './deleted.ts';
import type { FlatRecord } from './flat-record.ts';
import { compareCounts, type Gap } from './gap.ts';
import { readInstant, wireTime } from './instant.ts';
import type { Probe } from './probe.ts';
import { moduleOf, type PullContext } from './pull-context.ts';
import type { Session } from './session.ts';
import type { ObjectMark } from './watermark.ts';

type Wanted = { readonly object: PullObject; readonly mark: ObjectMark; readonly known: number };

/**
 * How many there are of what was there before, and what left since. The count first: what leaves between
 * the two is then in the list, and not missing from both.
 */
export async function countAndDeleted(
  session: Session,
  { object, mark }: Omit<Wanted, 'known'>,
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

/** Whether what is stored is what is there, as far as this delta tells. */
export async function gapOf(
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
