import { type Kysely, sql } from 'kysely';
import type { AuditRow } from '../domain/audit.ts';
import type { AuditSelect, StoredAuditRow } from './audit-store.ts';
import { readAuditValues } from './read-audit-values.ts';
import type { Tables } from './schema.ts';

export async function loadLatest(
  db: Kysely<Tables>,
  select: AuditSelect,
): Promise<readonly AuditRow[]> {
  const { chain, kinds, actor, since, before, limit } = select;
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .$if(chain !== null, (all) => all.where('chain', '=', chain ?? ''))
    .$if(kinds !== null, (all) => all.where('kind', 'in', kinds ?? []))
    .$if(actor !== null, (all) => all.where('actor', '=', actor ?? ''))
    .$if(since !== null, (all) => all.where('at', '>=', since ?? ''))
    .$if(before !== null, (all) => all.where(olderThan(before)))
    .orderBy('at', 'desc')
    .orderBy('chain', 'desc')
    .orderBy('position', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toRow).toReversed();
}

function olderThan(before: AuditSelect['before']) {
  const { chain, position } = before ?? { chain: '', position: 0 };
  return sql<boolean>`(at, chain, position) < (
    select at, chain, position from audit where chain = ${chain} and position = ${position})`;
}

function toRow(row: StoredAuditRow): AuditRow {
  const { chain, position, at, actor, kind, facts, detail, commitment, hash } = row;
  return {
    ...{ chain, position, at, actor, kind, hash },
    facts: readAuditValues(facts),
    detail: detail === null ? null : readAuditValues(detail),
    isErased: detail === null && commitment !== '',
  };
}

export async function loadChains(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ chain: string }>`
    select chain from audit_heads union select distinct chain from audit order by 1`.execute(db);
  return rows.map(({ chain }) => chain);
}

export async function loadStored(
  db: Kysely<Tables>,
  chain: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly StoredAuditRow[]> {
  return await db
    .selectFrom('audit')
    .selectAll()
    .where('chain', '=', chain)
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute();
}
