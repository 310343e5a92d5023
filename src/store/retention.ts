import { type Kysely, sql, type Transaction } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import { appendAudit } from './append-audit.ts';
import type { Author } from './author.ts';
import type { Database } from './database.ts';
import { type Rule, retentionRules } from './retention-rules.ts';
import {
  type Forgotten,
  type KeptSince,
  nothingForgotten,
  type RetentionStore,
} from './retention-store.ts';
import type { Tables } from './schema.ts';

export function retentionStore(database: Database, author: Author): RetentionStore {
  return {
    forget: async (connection, since, signal) => {
      const [plans, ...others] = retentionRules(connection, since);
      const tell = async (trx: Transaction<Tables>) =>
        tellForgotten(trx, connection, since, author);
      let done = plus(nothingForgotten, plans, await applyAll(database, plans, signal, tell));
      for (const rule of others) done = plus(done, rule, await applyAll(database, rule, signal));
      return done;
    },
    count: (connection, since) =>
      database.query(async (db) => {
        let all = nothingForgotten;
        for (const rule of retentionRules(connection, since))
          all = plus(all, rule, await countRows(db, rule));
        return all;
      }),
  };
}

function plus(sum: Forgotten, { part }: Rule, count: number): Forgotten {
  return { ...sum, [part]: sum[part] + count };
}

/** In small transactions; `first` is part of the first that does anything. */
async function applyAll(
  database: Database,
  rule: Rule,
  signal: AbortSignal,
  first: (trx: Transaction<Tables>) => Promise<void> = async () => undefined,
): Promise<number> {
  let done = 0;
  for (;;) {
    signal.throwIfAborted();
    const count = await database.transaction(async (trx) => {
      const some = await applySome(trx, rule);
      if (some > 0 && done === 0) await first(trx);
      return some;
    });
    done += count;
    if (count < rule.atOnce) return done;
  }
}

async function applySome(db: Kysely<Tables>, rule: Rule): Promise<number> {
  const { table, key, where, atOnce, empties } = rule;
  const columns = sql.raw(key);
  const some = sql`(${columns}) in (
    select ${sql.raw(prefixed(key))} from ${sql.table(table)} t where ${where} limit ${atOnce})`;
  const statement =
    empties === undefined
      ? sql`delete from ${sql.table(table)} where ${some}`
      : sql`update ${sql.table(table)} set ${empties} where ${some}`;
  const { numAffectedRows } = await statement.execute(db);
  return Number(numAffectedRows ?? 0);
}

async function countRows(db: Kysely<Tables>, { table, where }: Rule): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    select count(*) as rows from ${sql.table(table)} t where ${where}`.execute(db);
  return rows[0]?.rows ?? 0;
}

function prefixed(key: string): string {
  return key.replaceAll(/\w+/g, 't.$&');
}

/** From here on the log does not miss them, and a rollback says that it does not reach behind. */
async function tellForgotten(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  { before }: KeptSince,
  { actor, now }: Author,
): Promise<void> {
  await trx
    .insertInto('receipts_since')
    .values({ connection_id: connection, since: before })
    .onConflict((conflict) =>
      conflict
        .column('connection_id')
        .doUpdateSet({ since: sql`greatest(receipts_since.since, excluded.since)` }),
    )
    .execute();
  const facts = { before };
  await appendAudit(trx, { kind: 'records.forgotten', connection, actor, at: now(), facts });
}
