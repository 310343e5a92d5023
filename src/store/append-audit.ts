import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { AuditFact } from '../domain/audit.ts';
import type { Tables } from './schema.ts';

/** Chain of what is of no connection. */
export const houseChain = 'house';

/** Hash before the first row. */
const nothing = '';

/**
 * Writes a row of the log, in the transaction of the fact it tells: both happened or none. Rows of one
 * chain follow each other, so this waits for whoever writes to the same one.
 */
export async function appendAudit(trx: Transaction<Tables>, fact: AuditFact): Promise<void> {
  const chain = fact.connection ?? houseChain;
  const head = await lockHead(trx, chain);
  const position = head.position + 1;
  const at = new Date(fact.at).toISOString();
  const facts = canonicalJson(fact.facts);
  const detail = fact.detail == null ? null : canonicalJson(fact.detail.content);
  const salt = detail === null ? null : randomBytes(16).toString('hex');
  const commitment = commitmentOf(detail, salt);
  const told = { chain, position, at, actor: fact.actor, kind: fact.kind, facts, commitment };
  const hash = hashOf(head.hash, told);
  const customers = fact.detail == null ? null : fact.detail.customers;
  await trx
    .insertInto('audit')
    .values({ ...told, customers, detail, salt, hash })
    .execute();
  await trx.updateTable('audit_heads').set({ position, hash }).where('chain', '=', chain).execute();
}

async function lockHead(trx: Transaction<Tables>, chain: string) {
  await trx
    .insertInto('audit_heads')
    .values({ chain, position: 0, hash: nothing })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return await trx
    .selectFrom('audit_heads')
    .select(['position', 'hash'])
    .where('chain', '=', chain)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** What a row's hash is over, besides the hash before it. `facts` as canonical JSON. */
export type ToldRow = {
  readonly chain: string;
  readonly position: number;
  readonly at: string;
  readonly actor: string;
  readonly kind: string;
  readonly facts: string;
  readonly commitment: string;
};

export function hashOf(before: string, row: ToldRow): string {
  const { chain, position, at, actor, kind, facts, commitment } = row;
  return sha256(JSON.stringify([before, chain, position, at, actor, kind, facts, commitment]));
}

/** Empty where there is no detail; salted, so that nobody finds a taken-out detail by guessing. */
export function commitmentOf(detail: string | null, salt: string | null): string {
  return detail === null ? '' : sha256(`${salt ?? ''}\n${detail}`);
}

/** Keys in order, so that what a database gives back in another is the same text. */
export function canonicalJson(value: Readonly<Record<string, unknown>>): string {
  const sorted = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
