import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { ConnectionId } from '../domain/ids.ts';
import type { Tables } from './schema.ts';

type Line = { readonly line: string };

const linesPerFetch = sql.lit(5_000);

/**
 * SHA-256 over one line a customer: external id, tier, value score, loyalty score, R, F, M and the
 * points of each part with the classes, tabs between. No record id (where there is an external one) and no time: the
 * same orders give the same hash, whichever CRM they came from.
 */
export async function hashScores(
  trx: Transaction<Tables>,
  connection: ConnectionId,
): Promise<string> {
  const digest = createHash('sha256');
  await sql`declare score_lines no scroll cursor for ${lines(connection)}`.execute(trx);
  const fetch = sql<Line>`fetch forward ${linesPerFetch} from score_lines`;
  for (let more = true; more; ) {
    const { rows } = await fetch.execute(trx);
    for (const { line } of rows) digest.update(`${line}\n`);
    more = rows.length > 0;
  }
  await sql`close score_lines`.execute(trx);
  return digest.digest('hex');
}

/** Customers who share an external id come in the order of their lines, not of their record ids. */
function lines(connection: ConnectionId) {
  return sql`
    select concat_ws(E'\t', coalesce(c.external_id, c.id), coalesce(s.tier, '-'),
      coalesce(s.value_score::text, '-'), coalesce(s.loyalty_score::text, '-'),
      coalesce(s.recency::text, '-'), coalesce(s.frequency::text, '-'),
      coalesce(s.monetary::text, '-'), s.parts) as line
    from scores s join customers c on c.connection_id = s.connection_id and c.id = s.customer_id
    where s.connection_id = ${sql.lit(connection)} and c.gone is null
    order by coalesce(c.external_id, c.id), line`;
}
