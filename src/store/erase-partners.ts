import { sql, type Transaction } from 'kysely';
import type { RecordRef } from '../domain/population.ts';
import type { Who } from './erased-who.ts';
import { noteMoved, partnerMarks } from './partner-marks.ts';
import type { Tables } from './schema.ts';

/**
 * Takes records out of the persons they are joined to. Who is left is found to be one person anew by
 * the next scoring, for which it is marked.
 */
export async function leaveGroups(
  trx: Transaction<Tables>,
  { connection, ids }: Who,
): Promise<readonly RecordRef[]> {
  await partnerMarks(connection, sql`select unnest(${ids}::text[]) collate "C"`).execute(trx);
  const { rows: partners } = await sql<RecordRef>`
    with persons as (
      select distinct person from identities
      where connection_id = ${connection} and customer_id = any(${ids}::text[])),
    left_over as (
      delete from identities using persons where identities.person = persons.person
      returning identities.connection_id, identities.customer_id)
    select connection_id as connection, customer_id as id from left_over
    where not (connection_id = ${connection} and customer_id = any(${ids}::text[]))
    order by 1, 2`.execute(trx);
  const refs = ids.map((id) => JSON.stringify([{ connection, id }]));
  await sql`
    delete from identity_findings f
    where exists (select from unnest(${refs}::text[]) as ref (json)
      where f.members @> ref.json::jsonb)`.execute(trx);
  await noteMoved(trx, connection);
  return partners;
}
