import { z } from 'zod';
import type { Instant } from '../../src/domain/time.ts';
import { readInstant, toInstant, wireTime } from './instant.ts';
import type { Session } from './session.ts';
import type { ObjectMark } from './watermark.ts';
import { idText } from './wire.ts';

const perPage = 200;
/** A list reaches no deeper than 2,000 records by page, perhaps this one too (facts §1, §4.4). */
const mostPages = 10;
/** What a page of deleted records costs (facts §4.4). */
const deletedCredits = 2;
/** Whether the list holds what is as old as the header is not said: a second behind it is sure. */
const leastLookMs = 1_000;

const deletedPage = z
  .object({
    data: z.array(
      z.looseObject({
        id: idText,
        type: z.string().nullish(),
        deleted_time: z.string().nullish(),
      }),
    ),
    info: z.looseObject({ more_records: z.boolean().catch(false) }).optional(),
  })
  .optional()
  .transform((page) => ({ gone: page?.data ?? [], hasMore: page?.info?.more_records ?? false }));
type Gone = z.output<typeof deletedPage>['gone'][number];

/** Ids of deleted records that are news, and what to remember of them. */
export type Deleted = {
  readonly removals: readonly (readonly ['archived' | 'erased', string])[];
  readonly mark: Pick<ObjectMark, 'deletedAt' | 'deletedFrom' | 'deletedSeen'>;
  /** There are more than can be listed. */
  readonly isEndless: boolean;
};

/** Reads the deleted records of a module since the mark, with a look behind it. */
export async function readDeleted(
  session: Session,
  module: string,
  mark: ObjectMark,
  signal: AbortSignal,
): Promise<Deleted> {
  const all: Gone[] = [];
  let [page, hasMore] = [1, true];
  for (; hasMore && page <= mostPages; page += 1) {
    const found = await readPage(session, module, mark.deletedFrom, page, signal);
    all.push(...found.gone);
    hasMore = found.hasMore;
  }
  return { ...news(all, mark, session.settings.lookbackMs), isEndless: hasMore };
}

/** What was not seen before. A record that left the recycle bin too is news once more. */
export function news(
  all: readonly Gone[],
  mark: ObjectMark,
  lookbackMs: number,
): Pick<Deleted, 'removals' | 'mark'> {
  const seen = new Set(mark.deletedSeen.map(([kind, id]) => `${kind} ${id}`));
  const listed = all.map((one) => [kindOf(one), one.id] as const);
  const removals = listed.filter(([kind, id]) => !seen.has(`${kind} ${id}`));
  const times = all.map((one) => readInstant(one.deleted_time)).filter((at) => at !== null);
  const deletedAt = [...times, mark.deletedAt].reduce(later);
  const behind = Date.parse(deletedAt) - Math.max(lookbackMs, leastLookMs);
  const deletedFrom = later(toInstant(behind), mark.deletedFrom);
  const kept = all.filter((one) => (readInstant(one.deleted_time) ?? deletedFrom) >= deletedFrom);
  const deletedSeen = kept.map((one): [string, string] => [kindOf(one), one.id]);
  return { removals, mark: { deletedAt, deletedFrom, deletedSeen } };
}

function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}

/** One that was deleted for good is not to be restored: nothing of it may stay (facts §4.4). */
function kindOf({ type }: Gone): 'archived' | 'erased' {
  return type === 'permanent' ? 'erased' : 'archived';
}

async function readPage(
  { client }: Session,
  module: string,
  since: Instant,
  page: number,
  signal: AbortSignal,
) {
  return await client.send(
    {
      method: 'GET',
      path: `/crm/v8/${module}/deleted`,
      query: { type: 'all', page: String(page), per_page: String(perPage) },
      headers: { 'If-Modified-Since': wireTime(since) },
      answer: deletedPage,
      effect: 'read',
      credits: deletedCredits,
      pool: 'plain',
    },
    signal,
  );
}
