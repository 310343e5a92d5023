import { sql } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import { appendAudit } from './append-audit.ts';
import type { Author } from './author.ts';
import type { Database } from './database.ts';
import { takeOut } from './erase-details.ts';

/**
 * What stays: the lease is the holder's own; a stop is a person's; who was one person with others the next joining compares
 * with, so that it finds the others changed.
 */
const kept: ReadonlySet<string> = new Set(['leases', 'identities', 'stops']);

/**
 * Forgets all that is stored of a connection, whose ids would be somebody else's. Which tables hold
 * such rows the database itself knows, so that none which is made later is left out; changes of plans
 * go with their plans. The log stays, without what it says of customers.
 */
export async function forgetConnection(
  database: Database,
  connection: ConnectionId,
  { actor, now }: Author,
): Promise<void> {
  await database.transaction(async (trx) => {
    const { rows } = await sql<{ table: string }>`
      select c.table_name as table
      from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.column_name = 'connection_id' and c.table_schema = current_schema()
        and t.table_type = 'BASE TABLE'
      order by 1`.execute(trx);
    for (const { table } of rows)
      if (!kept.has(table))
        await sql`delete from ${sql.table(table)} where connection_id = ${connection}`.execute(trx);
    await sql`delete from connections where id = ${connection}`.execute(trx);
    const facts = { positions: await takeOut(trx, connection, 'all') };
    const told = { connection, actor, at: now(), facts };
    await appendAudit(trx, { kind: 'connection.forgotten', ...told });
  });
}
