import { type Kysely, sql } from 'kysely';
import type { AuditValue } from '../domain/audit.ts';
import type { Found } from './audit-row-fault.ts';
import type { StoredAuditRow } from './audit-store.ts';
import type { Erasures } from './load-erasures.ts';
import { type LeafTable, leafOf, outcomeDigest, planDigest } from './plan-leaves.ts';
import { readAuditValues } from './read-audit-values.ts';
import type { Tables } from './schema.ts';

/**
 * Whether what is stored of plans and writes is what the log says of them. What an erasure took out,
 * what retention forgot and what was never to be written is not missed.
 */
export async function planFault(
  db: Kysely<Tables>,
  row: StoredAuditRow,
  erasures: Erasures,
): Promise<Found | null> {
  if (row.kind !== 'plan.made' && row.kind !== 'writes') return null;
  const facts = readAuditValues(row.facts);
  const id = textOf(facts['plan']);
  const plan = await db
    .selectFrom('plans')
    .select('status')
    .where('id', '=', id)
    .where('connection_id', '=', row.chain)
    .executeTakeFirst();
  if (plan === undefined) return mayBeGone(row, facts, erasures) ? null : goneFault(id);
  if (row.kind === 'writes') return await writesFault(db, id, facts);
  return await madeFault(db, id, facts, {
    erasures,
    mayBeDropped: plan.status === 'rejected' || plan.status === 'superseded',
  });
}

function mayBeGone(
  row: StoredAuditRow,
  facts: Readonly<Record<string, AuditValue>>,
  { plansBefore, forgottenAt }: Erasures,
): boolean {
  if (row.position < forgottenAt) return true;
  return plansBefore !== null && textOf(facts['planned']) < plansBefore;
}

function goneFault(id: string): Found {
  return {
    fault: 'plan-changed',
    found: `Plan ${id} is gone, and no row says that it was forgotten.`,
  };
}

async function writesFault(
  db: Kysely<Tables>,
  id: string,
  facts: Readonly<Record<string, AuditValue>>,
): Promise<Found | null> {
  const table = facts['of'] === 'memberships' ? 'plan_memberships' : 'plan_changes';
  const { rows } = await sql<{ digest: string }>`
    select ${outcomeDigest('w')} as digest from ${sql.table(table)} w
    where w.plan_id = ${id} and w.batch = ${facts['batch'] ?? null}::bigint`.execute(db);
  if (rows[0]?.digest === facts['digest']) return null;
  return {
    fault: 'writes-changed',
    found: `What plan ${id} holds of these writes is not what became of them.`,
  };
}

async function madeFault(
  db: Kysely<Tables>,
  id: string,
  facts: Readonly<Record<string, AuditValue>>,
  { erasures, mayBeDropped }: { readonly erasures: Erasures; readonly mayBeDropped: boolean },
): Promise<Found | null> {
  const { changes, memberships, digest } = await planDigest(db, id);
  const isDropped = mayBeDropped && changes + memberships === 0;
  if (!isDropped && digest !== facts['digest'])
    return {
      fault: 'plan-changed',
      found: `What is stored of plan ${id} is not what it proposed.`,
    };
  for (const table of ['plan_changes', 'plan_memberships'] as const)
    if (!(await leavesHold(db, table, id, erasures.leaves)))
      return {
        fault: 'plan-changed',
        found: `A row of ${table} of plan ${id} is not what was planned.`,
      };
  return null;
}

/** Each row is what its leaf says, or was taken out by an erasure that the chain tells. */
async function leavesHold(
  db: Kysely<Tables>,
  table: LeafTable,
  id: string,
  erased: ReadonlySet<string>,
): Promise<boolean> {
  const { rows } = await sql<{ leaf: string | null; isErased: boolean }>`
    select encode(w.leaf, 'hex') as leaf, w.salt is null as "isErased" from ${sql.table(table)} w
    where w.plan_id = ${id}
    and (w.salt is null or w.leaf is distinct from ${leafOf(table, 'w')})`.execute(db);
  return rows.every(({ leaf, isErased }) => isErased && leaf !== null && erased.has(leaf));
}

/** Writes that are stored as done and of which the log says nothing. */
export async function untoldWrites(db: Kysely<Tables>, chain: string): Promise<Found | null> {
  for (const table of ['plan_changes', 'plan_memberships'] as const) {
    const { rows } = await sql<{ id: string }>`
      with told as (
        select (facts::json->>'batch')::bigint as batch from audit
        where chain = ${chain} and kind = 'writes')
      select w.plan_id as id from ${sql.table(table)} w join plans p on p.id = w.plan_id
      where p.connection_id = ${chain}
      and (w.batch is not null or w.outcome in ('applied', 'rejected'))
      and not exists (select from told where told.batch = w.batch) limit 1`.execute(db);
    const [first] = rows;
    if (first !== undefined)
      return {
        fault: 'writes-untold',
        found: `Plan ${first.id} holds writes of which the log tells nothing.`,
      };
  }
  return null;
}

function textOf(value: AuditValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
