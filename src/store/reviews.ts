import { type Kysely, sql, type Transaction } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import type { KeptReview } from '../domain/review.ts';
import { appendAudit } from './append-audit.ts';
import type { Database } from './database.ts';
import { jsonText } from './recordset.ts';
import type { ReviewRow, ReviewStore } from './review-store.ts';
import type { Tables } from './schema.ts';

export function reviewStore(database: Database): ReviewStore {
  return {
    last: (connection) => database.query((db) => loadLast(db, connection)),
    rows: (connection, select) => database.query((db) => loadRows(db, connection, select)),
    done: (connection, review) => database.transaction((trx) => keep(trx, connection, review)),
  };
}

async function loadLast(db: Kysely<Tables>, connection: ConnectionId): Promise<KeptReview | null> {
  const row = await db
    .selectFrom('reviews')
    .select(['at', 'actor as by', 'done_on as on', 'snapshot'])
    .where('connection_id', '=', connection)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

async function loadRows(
  db: Kysely<Tables>,
  connection: ConnectionId,
  { after, limit }: Parameters<ReviewStore['rows']>[1],
): Promise<readonly ReviewRow[]> {
  const { rows } = await sql<ReviewRow>`
    select s.customer_id as customer, s.tier, s.value_score as value,
      s.score->'signals'->>'lastOrderOn' as "lastOrderOn",
      coalesce((s.score->'signals'->>'ordersInWindow')::int, 0) as orders,
      coalesce(s.net_minor, 0) as "netMinor", s.completeness,
      coalesce(s.classes, '{}') as classes,
      was.customer_id is not null as "isKnown", was.score->>'tier' as "tierBefore"
    from scores s
    join customers c on c.connection_id = s.connection_id and c.id = s.customer_id
    left join lateral (
      select h.customer_id, h.score from score_history h
      where h.connection_id = s.connection_id and h.customer_id = s.customer_id
        and h.position <= (
          select r.history_position from reviews r where r.connection_id = ${connection}
          order by r.position desc limit 1)
      order by h.position desc limit 1) was on true
    where s.connection_id = ${connection} and c.gone is null and s.completeness is not null
      and s.score->>'outOfScope' is null and s.customer_id > ${after ?? ''}
    order by s.customer_id limit ${limit}`.execute(db);
  return rows;
}

async function keep(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  { at, by, on, snapshot, why, nextOn }: Parameters<ReviewStore['done']>[1],
): Promise<void> {
  await sql`
    insert into reviews (connection_id, at, actor, done_on, snapshot, history_position)
    select ${connection}, ${at}, ${by}, ${on}, ${jsonText(snapshot)}::jsonb,
      coalesce((select max(position) from score_history where connection_id = ${connection}), 0)`.execute(
    trx,
  );
  const { asOf, customers, policyVersion: policy } = snapshot;
  await appendAudit(trx, {
    ...{ kind: 'review.done', connection, actor: by, at },
    facts: { on, asOf, customers, policy, nextOn },
    detail: { customers: [], content: { why } },
  });
}
