import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { RecordRef } from '../domain/population.ts';
import type { Who } from './erased-who.ts';
import { jsonText } from './recordset.ts';
import type { Tables } from './schema.ts';
import { scrub } from './scrub.ts';

/** Whom documents are scrubbed of. */
export type Scrubbing = Who & {
  /** Numbers of deals that were theirs alone. */
  readonly references: readonly string[];
  /** The same person's records elsewhere, whose scores were made of those deals as well. */
  readonly partners: readonly RecordRef[];
};

/** A column of documents that may name a customer. `key`: what finds its row again. */
type Documents = {
  readonly table: string;
  readonly column: string;
  readonly type: 'json' | 'jsonb' | 'text';
  /** Which rows. A policy in force is acted by: who it names by hand its author takes out. */
  readonly of: 'connection' | 'everybody' | 'out of force';
};

/** Free of customers' data but for what a rejection, a warning or a person's own words say. */
export const documents: readonly Documents[] = [
  { table: 'runs', column: 'report', type: 'json', of: 'connection' },
  { table: 'plans', column: 'summary', type: 'json', of: 'connection' },
  { table: 'plans', column: 'holds', type: 'jsonb', of: 'connection' },
  { table: 'plans', column: 'decision', type: 'jsonb', of: 'connection' },
  { table: 'work', column: 'message', type: 'text', of: 'connection' },
  { table: 'work', column: 'todo', type: 'text', of: 'connection' },
  { table: 'stops', column: 'why', type: 'text', of: 'connection' },
  { table: 'policies', column: 'content', type: 'json', of: 'everybody' },
  { table: 'policy_releases', column: 'content', type: 'jsonb', of: 'out of force' },
  { table: 'policy_releases', column: 'source', type: 'text', of: 'out of force' },
  { table: 'policy_releases', column: 'why', type: 'text', of: 'everybody' },
  { table: 'policy_releases', column: 'retired_why', type: 'text', of: 'everybody' },
];

/** What a joined person's other records hold of deals. */
const ofPartners: readonly { readonly table: string; readonly column: string }[] = [
  { table: 'signals', column: 'signals' },
  { table: 'scores', column: 'score' },
  { table: 'score_history', column: 'score' },
];

/** Returns how many rows were written anew, by table. */
export async function scrubDocuments(
  trx: Transaction<Tables>,
  who: Scrubbing,
): Promise<Record<string, number>> {
  const done: Record<string, number> = {};
  const add = (table: string, count: number) => {
    if (count > 0) done[table] = (done[table] ?? 0) + count;
  };
  for (const one of documents) {
    const column = sql.ref(one.column);
    const where = sql`${rowsOf(one, who)} and ${column}::text ilike any(${patternsOf(who)}::text[])`;
    add(one.table, await rewrite(trx, { ...one, where }, who));
  }
  for (const { connection, id } of who.partners)
    for (const one of ofPartners) {
      const where = sql`connection_id = ${connection} and customer_id = ${id}`;
      await rewrite(trx, { ...one, type: 'json', where }, who);
    }
  return done;
}

function rowsOf({ of }: Documents, { connection }: Who): RawBuilder<unknown> {
  if (of === 'connection') return sql`connection_id = ${connection}`;
  return of === 'everybody' ? sql`true` : sql`status <> 'published'`;
}

type Rewrite = Pick<Documents, 'table' | 'column' | 'type'> & {
  readonly where: RawBuilder<unknown>;
};

/** By the row's address, which stays while the transaction holds its lock. */
async function rewrite(
  trx: Transaction<Tables>,
  { table, column, type, where }: Rewrite,
  who: Scrubbing,
): Promise<number> {
  const { rows } = await sql<{ at: string; document: unknown }>`
    select ctid::text as at, ${sql.ref(column)} as document
    from ${sql.table(table)} where ${where} for update`.execute(trx);
  const out = { ...who, ids: new Set(who.ids), references: new Set(who.references) };
  let written = 0;
  for (const { at, document } of rows) {
    const clean = scrub(document, out);
    const [was, is] = [jsonText(document), jsonText(clean)];
    if (was === is) continue;
    const value = type === 'text' ? sql`${clean}` : sql`${is}::${sql.raw(type)}`;
    await sql`
      update ${sql.table(table)} set ${sql.ref(column)} = ${value}
      where ctid = ${at}::tid`.execute(trx);
    written += 1;
  }
  return written;
}

/** As they stand in JSON text; an id between quotes, or as sentences name it. */
function patternsOf({ ids, values }: Who): readonly string[] {
  const inJson = values.map((value) => JSON.stringify(value).slice(1, -1));
  const named = ids.flatMap((id) => [JSON.stringify(id), `customer ${id}`]);
  return [...inJson, ...named].map((text) => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
}
