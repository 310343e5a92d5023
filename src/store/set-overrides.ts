import { sql, type Transaction } from 'kysely';
import type { AuditFact } from '../domain/audit.ts';
import type { ConnectionId, RecordId } from '../domain/ids.ts';
import type { KeptOverride, OverrideFamily } from '../domain/override.ts';
import type { RecordRef } from '../domain/population.ts';
import { chunk } from '../lib/chunk.ts';
import { appendAudit } from './append-audit.ts';
import { inForceOf } from './override-rows.ts';
import type { NewOverride, OverridesSet, OverrideWord } from './override-store.ts';
import { markSelected } from './partner-marks.ts';
import { jsonText, recordset } from './recordset.ts';
import type { Tables } from './schema.ts';

const rowsAtOnce = 1_000;
const lockClass = sql.lit(741_190_016);

/** See `OverrideStore.set`. */
export async function setOverrides(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  rows: readonly NewOverride[],
  word: OverrideWord,
): Promise<OverridesSet> {
  await oneAtATime(trx, connection);
  const changed: NewOverride[] = [];
  const ended: KeptOverride[] = [];
  for (const some of chunk(rows, rowsAtOnce)) {
    const before = await inForceOf(trx, connection, customersOf(some));
    const others = some.filter((row) => !isInForce(row, before));
    const replaced = before.filter((one) => others.some((row) => isOf(row, one)));
    await endAll(trx, replaced, { how: 'replaced', why: '' }, word);
    await insert(trx, connection, others, word);
    changed.push(...others);
    ended.push(...replaced);
  }
  const touched = await markTouched(trx, connection, customersOf(changed));
  for (const row of changed) await appendAudit(trx, factOf(connection, 'override.set', row, word));
  const unchanged = rows.length - changed.length;
  return { set: changed.length, unchanged, replaced: ended, touched };
}

/** See `OverrideStore.clear`. */
export async function clearOverride(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  what: { readonly customer: RecordId; readonly family: OverrideFamily; readonly why: string },
  word: OverrideWord,
): Promise<OverridesSet> {
  await oneAtATime(trx, connection);
  const before = await inForceOf(trx, connection, [what.customer]);
  const cleared = before.filter((one) => isOf(what, one));
  await endAll(trx, cleared, { how: 'cleared', why: what.why }, word);
  const touched = await markTouched(trx, connection, customersOf(cleared));
  for (const one of cleared) {
    const row = { ...one, customer: one.now, why: what.why };
    await appendAudit(trx, factOf(connection, 'override.cleared', row, word));
  }
  return { set: cleared.length, unchanged: 0, replaced: [], touched };
}

/** Two who set at once would each find nothing in force. */
async function oneAtATime(trx: Transaction<Tables>, connection: ConnectionId): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockClass}, hashtext(${connection}))`.execute(trx);
}

function customersOf(rows: readonly { readonly customer: RecordId; readonly now?: RecordId }[]) {
  return [...new Set(rows.map(({ now, customer }) => now ?? customer))];
}

type Place = { readonly customer: RecordId; readonly family: OverrideFamily };

function isOf({ customer, family }: Place, one: KeptOverride): boolean {
  return one.now === customer && one.family === family;
}

/** Where two are in force after a merge, setting one of them settles it. */
function isInForce(row: NewOverride, before: readonly KeptOverride[]): boolean {
  const own = before.filter((one) => isOf(row, one));
  const [only, ...others] = own;
  if (only === undefined || others.length > 0) return false;
  const { class: key, why, by, until } = only;
  return row.class === key && row.why === why && row.by === by && row.until === until;
}

async function endAll(
  trx: Transaction<Tables>,
  ended: readonly KeptOverride[],
  { how, why }: { readonly how: string; readonly why: string },
  { actor, at }: OverrideWord,
): Promise<void> {
  if (ended.length === 0) return;
  const positions = ended.map(({ position }) => position);
  await sql`
    update overrides set ended_how = ${how}, ended_at = ${at}::timestamptz, ended_by = ${actor},
      ended_why = ${plainText(why)}
    where position = any(${positions}::bigint[])`.execute(trx);
}

async function insert(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  rows: readonly NewOverride[],
  { at }: OverrideWord,
): Promise<void> {
  if (rows.length === 0) return;
  const columns = {
    ...{ customer: 'text', family: 'text', class: 'text', why: 'text', by: 'text' },
    ...{ until: 'date', source: 'text' },
  };
  await sql`
    insert into overrides (
      connection_id, customer_id, family, class, why, given_by, until, source, at)
    select ${connection}, r.customer, r.family, r.class, r.why, r.by, r.until, r.source,
      ${at}::timestamptz
    from ${recordset(rows, columns)}
    order by r.customer collate "C", r.family collate "C"`.execute(trx);
}

/**
 * Marks that the next scoring takes over when it begins, their own connection's too: a scoring under
 * way that has read them already clears the marks of a change that it has not seen.
 */
async function markTouched(
  trx: Transaction<Tables>,
  connection: ConnectionId,
  customers: readonly RecordId[],
): Promise<readonly RecordRef[]> {
  if (customers.length === 0) return [];
  const touched = sql`
    select ${connection}::text as connection, id from unnest(${customers}::text[]) as named (id)
    union select other.connection_id, other.customer_id
    from unnest(${customers}::text[]) as named (id)
    join identities mine
      on mine.connection_id = ${connection} and mine.customer_id = named.id collate "C"
    join identities other
      on other.person = mine.person and other.connection_id <> mine.connection_id`;
  await markSelected(trx, null, touched);
  const { rows } = await sql<RecordRef>`
    select connection, id from (${touched}) as touched order by 1, 2`.execute(trx);
  return rows;
}

function factOf(
  connection: ConnectionId,
  kind: 'override.set' | 'override.cleared',
  row: NewOverride,
  { actor, at }: OverrideWord,
): AuditFact {
  const { customer, family, class: key, why, by, until, source } = row;
  return {
    ...{ kind, connection, actor, at, facts: { family, class: key, until, source } },
    detail: { customers: [customer], content: { customer, why, by } },
  };
}

/** As PostgreSQL takes it. */
function plainText(text: string): string {
  return JSON.parse(jsonText(text));
}
