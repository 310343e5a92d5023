import { z } from 'zod';
import { mapInParallel } from '../../src/connector/map-in-parallel.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { chunk } from '../../src/lib/chunk.ts';
import { type FlatRecord, flatRecord } from './flat-record.ts';
import type { Session } from './session.ts';

/** A related list of deals. */
type RelatedList = { readonly name: string; readonly fields: readonly string[] };

type Rows = readonly [deal: RecordId, rows: readonly FlatRecord[]];

/** Calls within a composite one (facts §5.5), and composite calls on their way at once. */
export const partsPerCall = 5;
const width = 4;
const perPage = 200;

/** Steps of a history are no records: their ids are nobody's. */
const relatedPage = z
  .object({
    data: z.array(z.looseObject({ id: z.coerce.string().catch('') })),
    info: z.looseObject({ more_records: z.boolean().catch(false) }).optional(),
  })
  .optional()
  .transform((page) => ({
    records: page?.data ?? [],
    hasMore: page?.info?.more_records ?? false,
  }));

const compositeAnswer = z.object({
  __composite_requests: z.array(
    z.looseObject({
      details: z.looseObject({
        response: z.looseObject({ status_code: z.number(), body: z.unknown() }),
      }),
    }),
  ),
});

/** A related list of each of these deals, five to a call; a deal that is gone has none. */
export async function readRelated(
  session: Session,
  deals: readonly RecordId[],
  list: RelatedList,
  signal: AbortSignal,
): Promise<ReadonlyMap<RecordId, readonly FlatRecord[]>> {
  const parts = [...chunk(deals, partsPerCall)];
  const found = await mapInParallel(parts, width, (some) => readFive(session, some, list, signal));
  return new Map(found.flat());
}

async function readFive(
  session: Session,
  deals: readonly RecordId[],
  list: RelatedList,
  signal: AbortSignal,
): Promise<readonly Rows[]> {
  const answer = await session.client.send(
    {
      method: 'POST',
      path: '/crm/v8/__composite_requests',
      body: {
        parallel_execution: true,
        __composite_requests: deals.map((deal, at) => ({
          sub_request_id: String(at),
          method: 'GET',
          uri: pathOf(deal, list),
          params: queryOf(list, 1),
        })),
      },
      answer: compositeAnswer,
      effect: 'read',
      // Whether the parts cost too is not said (facts §5.5): the dearer is reckoned with.
      credits: 1 + deals.length,
      pool: 'complex',
    },
    signal,
  );
  const rows: Rows[] = [];
  for (const [at, deal] of deals.entries()) {
    const part = answer.__composite_requests[at]?.details.response;
    const first = pageIn(part?.status_code ?? 500, part?.body);
    rows.push([deal, await whole(session, deal, list, first, signal)]);
  }
  return rows;
}

type Page = z.output<typeof relatedPage>;

/** `null`: the part failed, so it is asked for alone, with all that helps a call. */
function pageIn(status: number, body: unknown): Page | null {
  if (status === 204 || status === 404) return { records: [], hasMore: false };
  const parsed = relatedPage.safeParse(body ?? undefined);
  return status === 200 && parsed.success ? parsed.data : null;
}

async function whole(
  session: Session,
  deal: RecordId,
  list: RelatedList,
  first: Page | null,
  signal: AbortSignal,
): Promise<readonly FlatRecord[]> {
  const rows = [...(first?.records ?? [])];
  let [page, hasMore] = first === null ? [1, true] : [2, first.hasMore];
  for (; hasMore; page += 1) {
    const next = await readPage(session, deal, list, page, signal);
    rows.push(...next.records);
    hasMore = next.hasMore && next.records.length > 0;
  }
  return rows.map(flatRecord);
}

async function readPage(
  { client }: Session,
  deal: RecordId,
  list: RelatedList,
  page: number,
  signal: AbortSignal,
): Promise<Page> {
  return await client.send(
    {
      ...{ method: 'GET', path: pathOf(deal, list), query: queryOf(list, page) },
      ...{ answer: relatedPage, effect: 'read', credits: 1, pool: 'plain' },
    },
    signal,
  );
}

function pathOf(deal: RecordId, { name }: RelatedList): string {
  return `/crm/v8/Deals/${deal}/${name}`;
}

function queryOf({ fields }: RelatedList, page: number) {
  return { fields: fields.join(','), page: String(page), per_page: String(perPage) };
}
