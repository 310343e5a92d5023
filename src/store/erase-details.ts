import { sql, type Transaction } from 'kysely';
import type { AuditFact } from '../domain/audit.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import { appendAudit, lockHead } from './append-audit.ts';
import type { LeafTable } from './plan-leaves.ts';
import type { Tables } from './schema.ts';

/** Whoever erased them, when, and what else the log is to say: nothing personal. */
type ErasureFact = Pick<AuditFact, 'actor' | 'at'> & Partial<Pick<AuditFact, 'facts'>>;

/**
 * Takes out of the log and of the plans of a connection what they say about these customers, and
 * writes a `customer.erased` row that names what may be missing from now on: the log still verifies.
 * A change keeps its place, its outcome and its leaf, of which nobody can tell whose it was; one that
 * was not sent is closed.
 */
export async function eraseDetails(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  customers: readonly RecordId[],
  { actor, at, facts = {} }: ErasureFact,
): Promise<void> {
  if (customers.length === 0) return;
  const leaves = [
    ...(await emptyRows(trx, 'plan_changes', connection, customers)),
    ...(await emptyRows(trx, 'plan_memberships', connection, customers)),
  ];
  await sql`
    delete from plan_moves using plans
    where plans.id = plan_id and plans.connection_id = ${connection}
    and customer_id = any(${customers}::text[])`.execute(trx);
  const positions = await takeOut(trx, connection, customers);
  await appendAudit(trx, {
    ...{ kind: 'customer.erased', connection, actor, at },
    facts: { ...facts, customers: customers.length, positions, leaves },
  });
}

/** What a row of a plan is once its customer is erased; the name must be of its own in its plan. */
const emptied = {
  plan_changes: sql`customer_id = '', fields = '[]', message = null, salt = null, state = 'done',
    outcome = coalesce(outcome, 'unchanged'), code = coalesce(w.code, case when outcome is null then 'ERASED' end)`,
  plan_memberships: sql`customer_id = 'erased:' || encode(w.leaf, 'hex'), salt = null,
    outcome = coalesce(outcome, 'unchanged'), code = coalesce(w.code, case when outcome is null then 'ERASED' end)`,
} as const;

/** Returns the leaves of those that had something to take out. */
async function emptyRows(
  trx: Transaction<Tables>,
  table: LeafTable,
  connection: ConnectionId,
  customers: readonly RecordId[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ leaf: string }>`
    update ${sql.table(table)} w set ${emptied[table]}
    from plans p where p.id = w.plan_id and p.connection_id = ${connection}
    and w.customer_id = any(${customers}::text[])
    returning encode(w.leaf, 'hex') as leaf`.execute(trx);
  return rows.map(({ leaf }) => leaf).toSorted();
}

/** What rows of the log say about customers. Returns the positions of those that lost their detail. */
export async function takeOut(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  customers: readonly RecordId[] | 'all',
): Promise<readonly string[]> {
  // Nobody adds a row about them between what is found here and the row that tells of it.
  await lockHead(trx, connection);
  await sql`select set_config('assay.erasing', 'on', true)`.execute(trx);
  const about =
    customers === 'all' ? sql`customers <> '{}'` : sql`customers && ${customers}::text[]`;
  const { rows } = await sql<{ position: number }>`
    update audit set customers = null, detail = null, salt = null
    where chain = ${connection} and customers is not null and ${about}
    returning position`.execute(trx);
  await sql`select set_config('assay.erasing', 'off', true)`.execute(trx);
  return rows
    .map(({ position }) => position)
    .toSorted((a, b) => a - b)
    .map(String);
}
