import type { RecordId } from '../../src/domain/ids.ts';
import type { KnownList } from '../../src/domain/list.ts';
import { coql } from './coql.ts';
import { deletedList } from './deleted-list.ts';
import { readRows } from './read-rows.ts';
import type { Session } from './session.ts';
import { readTags } from './tag-calls.ts';
import { carries } from './tag-memberships.ts';
import { recordPage, type WireRecord } from './wire.ts';

const pageSize = 200;
/** Pages until the wall of page tokens (facts §1). */
const pagesToWall = 100_000 / pageSize;

/**
 * Who carries a list's tag. Only a record's own `Tag` tells it for certain (facts §4, §9), so all
 * are listed: 1 credit for 200, beyond the wall of 100,000 by id.
 * @throws AssayError `LIST_DELETED` (reject).
 */
export async function* taggedRecords(
  session: Session,
  list: KnownList,
  signal: AbortSignal,
): AsyncGenerator<readonly RecordId[]> {
  const tags = await readTags(session, signal);
  if (!tags.some(({ id }) => id === list.crmId)) throw deletedList(list);
  for await (const records of allRecords(session, signal)) {
    const ids = records.filter((each) => carries(each, list.crmId)).map(({ id }) => id);
    if (ids.length > 0) yield ids;
  }
}

async function* allRecords(
  session: Session,
  signal: AbortSignal,
): AsyncGenerator<readonly WireRecord[]> {
  let token: string | null = null;
  let last = '';
  for (let page = 0; page < pagesToWall; page += 1) {
    signal.throwIfAborted();
    const { records, hasMore, nextToken } = await listPage(session, token, signal);
    yield records;
    last = records.at(-1)?.id ?? last;
    token = nextToken;
    if (!hasMore || token === null) return;
  }
  yield* beyondWall(session, last, signal);
}

// The list goes down by id (facts §4.1).
async function* beyondWall(
  session: Session,
  after: string,
  signal: AbortSignal,
): AsyncGenerator<readonly WireRecord[]> {
  const { module, settings } = session;
  for (let last: string | undefined = after; last !== undefined; ) {
    signal.throwIfAborted();
    const where: string = `id < '${last}'`;
    const query = { module, select: [], where, order: 'id desc', limit: settings.coqlRows };
    const { rows, hasMore } = await coql(session, query, signal);
    const ids = rows.map(({ id }) => id);
    yield [...(await readRows(session, ids, ['Tag'], signal)).values()];
    last = hasMore ? ids.at(-1) : undefined;
  }
}

async function listPage({ client, module }: Session, token: string | null, signal: AbortSignal) {
  const query = { fields: 'Tag', per_page: String(pageSize) };
  return await client.send(
    {
      ...{ method: 'GET', path: `/crm/v8/${module}`, answer: recordPage },
      query: token === null ? query : { ...query, page_token: token },
      ...{ effect: 'read', credits: 1, pool: 'plain' },
    },
    signal,
  );
}
