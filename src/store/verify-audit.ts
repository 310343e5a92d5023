import type { Kysely } from 'kysely';
import type { AuditHead, ChainVerdict } from '../domain/audit.ts';
import { houseChain } from './append-audit.ts';
import { beforeFirst } from './audit-hash.ts';
import { loadChains, loadStored } from './audit-reading.ts';
import { cutFault, type Found, headFault, notedFault, rowFault } from './audit-row-fault.ts';
import type { AuditCheck, StoredAuditRow } from './audit-store.ts';
import type { Database } from './database.ts';
import { loadErasures } from './load-erasures.ts';
import type { Tables } from './schema.ts';
import { accessFault } from './verify-access.ts';
import { planFault, untoldWrites } from './verify-plans.ts';

/** Rows looked at before the next are read. */
const pageSize = 1_000;

/** Looks through each chain from its first row; what is written meanwhile is left for the next time. */
export async function* verifyAudit(
  database: Database,
  check: AuditCheck,
): AsyncGenerator<ChainVerdict> {
  for (const chain of await chainsOf(database, check)) {
    check.signal.throwIfAborted();
    yield await database.query((db) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((snapshot) => verifyChain(snapshot, chain, check)),
    );
  }
}

async function chainsOf(database: Database, { chain, noted }: AuditCheck) {
  if (chain !== null) return [chain];
  const known = await database.query(loadChains);
  return [...new Set([...known, ...noted.map((head) => head.chain)])].toSorted();
}

/** One chain, in a snapshot. */
export async function verifyChain(
  db: Kysely<Tables>,
  chain: string,
  check: AuditCheck,
): Promise<ChainVerdict> {
  const noted = check.noted.filter((head) => head.chain === chain);
  const erasures = await loadErasures(db, chain);
  let last = { chain, position: 0, hash: beforeFirst };
  const verdict = (broken: ChainVerdict['broken']): ChainVerdict => ({
    ...{ chain, rows: last.position, broken },
    head: last.position === 0 ? null : last,
  });
  for await (const row of rowsOf(db, chain, check.signal)) {
    const found = rowFault(last, row, erasures.positions) ?? notedFault(noted, row);
    const deeper = found === null && check.deep ? await planFault(db, row, erasures) : found;
    if (deeper !== null) return verdict({ chain, position: row.position, ...deeper });
    last = { chain, position: row.position, hash: row.hash };
  }
  const end = await endFault(db, last, { noted, deep: check.deep });
  return verdict(end === null ? null : { chain, position: null, ...end });
}

async function endFault(
  db: Kysely<Tables>,
  last: AuditHead,
  { noted, deep }: { readonly noted: readonly AuditHead[]; readonly deep: boolean },
): Promise<Found | null> {
  const head = await db
    .selectFrom('audit_heads')
    .select(['position', 'hash'])
    .where('chain', '=', last.chain)
    .executeTakeFirst();
  const found = headFault(head ?? null, last) ?? cutFault(noted, last.position);
  if (found !== null || !deep) return found;
  const access = last.chain === houseChain ? await accessFault(db) : null;
  return access ?? (await untoldWrites(db, last.chain));
}

async function* rowsOf(
  db: Kysely<Tables>,
  chain: string,
  signal: AbortSignal,
): AsyncGenerator<StoredAuditRow> {
  let after = 0;
  for (;;) {
    signal.throwIfAborted();
    const page: readonly StoredAuditRow[] = await loadStored(db, chain, { after, limit: pageSize });
    yield* page;
    const end = page.at(-1);
    if (end === undefined || page.length < pageSize) return;
    after = end.position;
  }
}
