import { type Kysely, sql, type Transaction } from 'kysely';
import type { FieldValues } from '../domain/field.ts';
import type { ConnectionId, PlanId, RecordId } from '../domain/ids.ts';
import type { Tables } from './schema.ts';

/**
 * What other plans wait to write to these customers is closed: the newer comparison has looked at what
 * the CRM holds without it. What is being sent stays: the newer change waits for its receipt.
 */
export async function supersede(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  id: PlanId,
  customers: readonly RecordId[],
): Promise<void> {
  if (customers.length === 0) return;
  const open = sql`
    select p.id from plans p where p.connection_id = ${connection} and p.id <> ${id}
    and p.status in ('draft', 'ready', 'applying')`;
  await sql`
    update plan_changes set state = 'done', outcome = 'unchanged', code = 'SUPERSEDED'
    where customer_id = any(${customers}::text[]) and state = 'pending'
    and plan_id in (${open})`.execute(trx);
  await sql`
    update plan_memberships set outcome = 'unchanged', code = 'SUPERSEDED'
    where plan_id in (${open}) and customer_id = any(${customers}::text[])
    and outcome is null and not sending
    and list_key = any(array(
      select l.key from lists l where l.connection_id = ${connection}))`.execute(trx);
}

/** By customer; one is written to by one plan at a time. */
export async function loadSending(
  db: Kysely<Tables>,
  connection: ConnectionId,
  customers: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, FieldValues>> {
  if (customers.length === 0) return new Map();
  const { rows } = await sql<{ id: RecordId; fields: FieldValues }>`
    select c.customer_id as id, (
      select jsonb_object_agg(field->>'key', field->'to')
      from jsonb_array_elements(c.fields) field) as fields
    from plans p join plan_changes c on c.plan_id = p.id and c.state = 'sending'
    where p.connection_id = ${connection} and p.status = 'applying'
    and c.customer_id = any(${customers}::text[])`.execute(db);
  return new Map(rows.map(({ id, fields }) => [id, fields]));
}

/** Of these customers those whom a plan newer than `id` compared and found to differ. */
export async function loadComparedSince(
  db: Kysely<Tables>,
  connection: ConnectionId,
  id: PlanId,
  customers: readonly RecordId[],
): Promise<readonly RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select distinct c.customer_id as id
    from plans p join plan_changes c on c.plan_id = p.id
    where p.connection_id = ${connection}
    and p.position > (select position from plans where id = ${id})
    and c.customer_id = any(${customers}::text[])`.execute(db);
  return rows.map((row) => row.id);
}
