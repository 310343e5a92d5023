import { sql, type Transaction } from 'kysely';
import type { Deal, DealCustomer } from '../domain/deal.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import { isSameLinks, type Relinked, saveLinks, stampLinked, toLinks } from './deal-links.ts';
import { dealColumns, toDealRow } from './deal-rows.ts';
import { cleared } from './erased.ts';
import { anyOf } from './live.ts';
import type { Aliases } from './merges.ts';
import type { PullMark } from './page-lock.ts';
import { names, overwrites, recordset } from './recordset.ts';
import type { Gone, Tables } from './schema.ts';
import { stampSeen } from './seen.ts';

/** What a set of deals did to the store. */
export type DealsSaved = {
  readonly changed: readonly RecordId[];
  /** Customers, before and after, of the deals that changed. */
  readonly customers: readonly RecordId[];
  readonly stale: number;
};

type Stored = {
  readonly modified_at: string;
  readonly content: string;
  readonly linked_at: string | null;
  readonly gone: Gone | null;
  readonly is_cleared: boolean;
  readonly links: readonly DealCustomer[];
};

type Verdict = 'changed' | 'renewed' | 'same' | 'stale';

type Judged = {
  readonly row: ReturnType<typeof toDealRow> & {
    readonly linked_at: string | null;
    readonly is_cleared: boolean;
  };
  readonly verdict: Verdict;
  readonly before: readonly DealCustomer[];
  readonly after: readonly DealCustomer[];
  /** This page names the customers, and no newer one did. */
  readonly relinked: boolean;
};

/** @param deals each id once */
export async function saveDeals(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  deals: readonly Deal[],
  aliases: Aliases,
  mark: PullMark,
): Promise<DealsSaved> {
  if (deals.length === 0) return { changed: [], customers: [], stale: 0 };
  const stored = await lockStored(trx, connection, deals);
  const judged = deals.map((deal) => judge(deal, stored.get(deal.id), aliases));
  const written = judged.filter(({ verdict }) => verdict === 'changed' || verdict === 'renewed');
  const passed = judged.filter((one) => !written.includes(one));
  await upsert(trx, connection, mark, written);
  await stampLinked(trx, connection, passed);
  await stampSeen(
    trx,
    connection,
    'deals',
    mark,
    passed.map(({ row }) => row.id),
  );
  await saveLinks(trx, connection, judged.filter(isRelinked).map(toRelinked));
  const changed = judged.filter((one) => one.verdict === 'changed' || isRelinked(one));
  return {
    changed: changed.map(({ row }) => row.id),
    customers: changed.flatMap(({ before, after }) => [...before, ...after].map(({ id }) => id)),
    stale: judged.filter(({ verdict }) => verdict === 'stale').length,
  };
}

function isRelinked({ before, after }: Judged): boolean {
  return !isSameLinks(before, after);
}

function toRelinked({ row, before, after }: Judged): Relinked {
  return { deal: row.id, before, after };
}

function judge(deal: Deal, stored: Stored | undefined, aliases: Aliases): Judged {
  const before = stored?.links ?? [];
  const linkedAt = stored?.linked_at ?? null;
  const relinked = deal.customers !== null && deal.modifiedAt >= (linkedAt ?? '');
  const after = relinked ? toLinks(deal.customers ?? [], aliases) : before;
  // Whoever has it now is not who was erased.
  const isCleared = stored?.is_cleared === true && after.length === 0;
  const row = toDealRow(isCleared ? cleared(deal) : deal);
  return {
    row: { ...row, linked_at: relinked ? deal.modifiedAt : linkedAt, is_cleared: isCleared },
    verdict: judgeRow(row, isCleared, stored),
    ...{ before, after, relinked },
  };
}

function judgeRow(
  row: ReturnType<typeof toDealRow>,
  isCleared: boolean,
  stored: Stored | undefined,
): Verdict {
  if (stored === undefined) return 'changed';
  if (row.modified_at < stored.modified_at) return 'stale';
  if (stored.gone !== null || row.content !== stored.content) return 'changed';
  const isSame = row.modified_at === stored.modified_at && isCleared === stored.is_cleared;
  return isSame ? 'same' : 'renewed';
}

async function lockStored(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  deals: readonly Deal[],
): Promise<ReadonlyMap<RecordId, Stored>> {
  const ids = deals.map((deal) => deal.id);
  const stored = await trx
    .selectFrom('deals')
    .select(['id', 'modified_at', 'content', 'linked_at', 'gone', 'is_cleared'])
    .select(
      sql<readonly DealCustomer[]>`coalesce((
        select jsonb_agg(jsonb_build_object('id', l.customer_id, 'primary', l.is_primary)
          order by l.customer_id)
        from deal_links l
        where l.connection_id = deals.connection_id and l.deal_id = deals.id), '[]')`.as('links'),
    )
    .where('connection_id', '=', connection)
    .where('id', '=', anyOf(ids))
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(stored.map((row) => [row.id, row]));
}

async function upsert(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  mark: PullMark,
  judged: readonly Judged[],
): Promise<void> {
  if (judged.length === 0) return;
  const columns = { ...dealColumns, linked_at: 'timestamptz', is_cleared: 'boolean' };
  await sql`
    insert into deals (connection_id, seen_pull, gone, ${names(columns)})
    select ${connection}, ${mark.seq}::bigint, null, ${names(columns, 'r.')}
    from ${recordset(
      judged.map(({ row }) => row),
      columns,
    )}
    order by r.id collate "C"
    on conflict (connection_id, id) do update set
      seen_pull = greatest(deals.seen_pull, excluded.seen_pull), gone = null, ${overwrites(columns)}
    where excluded.modified_at >= deals.modified_at`.execute(trx);
}
