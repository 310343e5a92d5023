import { pagingStuck } from '../../src/connector/paginate.ts';
import type { PullPage } from '../../src/connector/pull.ts';
import type { PullTask } from '../../src/domain/pull-task.ts';
import type { Removal } from '../../src/domain/removal.ts';
import { type ArchivedCursor, renderCursor } from './cursors.ts';
import { previousIds } from './mapping.ts';
import { kindOf } from './object-kind.ts';
import { emptyPage, type PullContext } from './pull-context.ts';
import { listPageSize } from './pull-scan.ts';
import { readBatch } from './read-batch.ts';
import { recordPage } from './wire.ts';

/** One page of the recycle bin. It has no filter by time: every page is read, the news are kept. */
export async function archivedPage(
  context: PullContext,
  task: PullTask,
  cursor: ArchivedCursor,
  signal: AbortSignal,
): Promise<PullPage> {
  const { client, paths, subject } = context.session;
  const { results, paging } = await client.send(
    {
      method: 'GET',
      path: paths.objects(kindOf(task.object, subject).type),
      query: [
        ['limit', String(listPageSize)],
        ...(cursor.after === null ? [] : [['after', cursor.after] as const]),
        ['properties', 'hs_object_id'],
        ['archived', 'true'],
      ],
      answer: recordPage,
      effect: 'read',
    },
    signal,
  );
  const fresh = results.filter(({ archivedAt }) => (archivedAt ?? '9') >= cursor.since);
  const after = paging?.next?.after ?? null;
  if (after !== null && after === cursor.after) throw pagingStuck(after);
  const ids = fresh.map(({ id }) => id);
  return {
    ...emptyPage,
    removals: await removalsOf(context, task, ids, signal),
    next: after === null ? null : { ...task, cursor: renderCursor({ ...cursor, after }) },
  };
}

/** A merged record lies in the bin too: asked for by its id, the record it became answers. */
async function removalsOf(
  { session }: PullContext,
  { object }: PullTask,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly Removal[]> {
  const kind = kindOf(object, session.subject);
  const live = await readBatch(session, kind, ids, kind.mergedIds, signal);
  const became = new Map(
    live.flatMap((record) => {
      return previousIds(kind, record.id, record.properties).map((id) => [id, record.id] as const);
    }),
  );
  return ids.map((id) => {
    const into = became.get(id);
    if (into === undefined) return { object, id, kind: 'archived' };
    return { object, id, kind: 'merged', into };
  });
}
