import { randomBytes } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { AuditDetail, AuditFact } from '../domain/audit.ts';
import { beforeFirst, canonicalJson, commitmentOf, hashOf, type TakenOut } from './audit-hash.ts';
import type { Tables } from './schema.ts';

/** Chain of what is of no connection. */
export const houseChain = 'house';

/**
 * Writes a row of the log, in the transaction of the fact it tells: both happened or none. Rows of one
 * chain follow each other, so this waits for whoever writes to the same one until that transaction
 * ends: append last.
 */
export async function appendAudit(trx: Transaction<Tables>, fact: AuditFact): Promise<void> {
  const chain = fact.connection ?? houseChain;
  const head = await lockHead(trx, chain);
  const taken = takenOut(fact.detail ?? null);
  const row = {
    chain,
    position: head.position + 1,
    at: new Date(fact.at).toISOString(),
    actor: fact.actor.toWellFormed(),
    kind: fact.kind,
    facts: canonicalJson(fact.facts),
    commitment: commitmentOf(taken),
  };
  const hash = hashOf(head.hash, row);
  await sql`
    with told as (
      insert into audit (
        chain, position, at, actor, kind, facts, customers, detail, salt, commitment, hash)
      values (${chain}, ${row.position}, ${row.at}, ${row.actor}, ${row.kind}, ${row.facts},
        ${taken?.customers ?? null}::text[], ${taken?.detail ?? null}, ${taken?.salt ?? null},
        ${row.commitment}, ${hash}))
    update audit_heads set position = ${row.position}, hash = ${hash}
    where chain = ${chain}`.execute(trx);
}

/** The last row of a chain, which nobody follows until the transaction ends. */
export async function lockHead(
  trx: Transaction<Tables>,
  chain: string,
): Promise<{ readonly position: number; readonly hash: string }> {
  const known = await headForUpdate(trx, chain);
  if (known !== undefined) return known;
  const first = { chain, position: 0, hash: beforeFirst };
  await trx
    .insertInto('audit_heads')
    .values(first)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await headForUpdate(trx, chain)) ?? first;
}

async function headForUpdate(trx: Transaction<Tables>, chain: string) {
  return await trx
    .selectFrom('audit_heads')
    .select(['position', 'hash'])
    .where('chain', '=', chain)
    .forUpdate()
    .executeTakeFirst();
}

function takenOut(detail: AuditDetail | null): TakenOut | null {
  if (detail === null) return null;
  const salt = randomBytes(16).toString('hex');
  const customers = detail.customers.toSorted();
  return { detail: canonicalJson(detail.content), salt, customers };
}
