import { type Kysely, sql, type Transaction } from 'kysely';
import { AssayError } from '../domain/assay-error.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { PolicyRelease } from '../domain/policy-release.ts';
import { appendAudit } from './append-audit.ts';
import { endShadow } from './challenger.ts';
import type { Database } from './database.ts';
import {
  alone,
  headColumns,
  headOf,
  insertRelease,
  loadRelease,
  nextNumber,
  refuseRetired,
} from './policy-rows.ts';
import type { PolicyStore, Publication, Word } from './policy-store.ts';
import type { Tables } from './schema.ts';

export function policyStore(database: Database): PolicyStore {
  return {
    inForce: () => database.query(loadInForce),
    release: (number) => database.query((db) => loadRelease(db, number)),
    list: () => database.query(loadList),
    publish: (publication) => database.transaction((trx) => publish(trx, publication)),
    retire: (version, word) => database.transaction((trx) => retire(trx, version, word)),
    hasScoredAll: (connection, version) =>
      database.query((db) => hasScoredAll(db, connection, version)),
    versionOfScores: () => database.query(loadVersionOfScores),
  };
}

async function loadInForce(db: Kysely<Tables>) {
  const row = await db
    .selectFrom('policy_releases')
    .select(['number', 'digest'])
    .where('status', '=', 'published')
    .executeTakeFirst();
  return row ?? null;
}

async function loadList(db: Kysely<Tables>) {
  const rows = await db
    .selectFrom('policy_releases')
    .select(headColumns)
    .orderBy('number', 'desc')
    .execute();
  const { rows: counts } = await sql<{ version: string; scores: number }>`
    select policy_version as version, count(*) as scores from scores
    group by policy_version`.execute(db);
  const scores = new Map(counts.map((count) => [count.version, count.scores]));
  return rows.map((row) => ({ ...headOf(row), scores: scores.get(row.version) ?? 0 }));
}

async function publish(trx: Transaction<Tables>, given: Publication): Promise<PolicyRelease> {
  await alone(trx);
  const present = await loadInForce(trx);
  if ((present?.number ?? null) !== given.replaces) throw movedOn(present?.number ?? null);
  await refuseRetired(trx, given.version);
  const first = await nextNumber(trx);
  const { before = null } = given;
  if (before !== null)
    await insertRelease(trx, before, { number: first, status: 'replaced', replaces: null });
  const number = before === null ? first : first + 1;
  const replaces = before === null ? given.replaces : first;
  await trx
    .updateTable('policy_releases')
    .set({ status: 'replaced' })
    .where('status', '=', 'published')
    .execute();
  const { approved, version, digest } = given;
  await insertRelease(trx, given, { number, status: 'published', replaces, approved });
  await endShadow(trx, version, given);
  await appendAudit(trx, {
    ...{ kind: 'policy.published', connection: null, actor: given.by, at: given.at },
    facts: { release: number, version, digest, replaces, approved },
    detail: { customers: [], content: { why: given.why } },
  });
  return headOf({
    ...{ number, version, digest, status: 'published', at: given.at, actor: given.by },
    ...{ why: given.why, replaces, approved },
    ...{ retired_at: null, retired_by: null, retired_why: null },
  });
}

async function retire(trx: Transaction<Tables>, version: string, word: Word): Promise<number> {
  await alone(trx);
  const present = await trx
    .selectFrom('policy_releases')
    .select('number')
    .where('version', '=', version)
    .where('status', '=', 'published')
    .executeTakeFirst();
  if (present !== undefined) throw inForce(version, present.number);
  await refuseRetired(trx, version);
  await endShadow(trx, version, word);
  const ended = await trx
    .updateTable('policy_releases')
    .set({
      ...{ status: 'retired', retired_at: word.at },
      ...{ retired_by: word.by, retired_why: word.why },
    })
    .where('version', '=', version)
    .returning(['number'])
    .execute();
  await appendAudit(trx, {
    ...{ kind: 'policy.retired', connection: null, actor: word.by, at: word.at },
    facts: { version, releases: ended.map(({ number }) => String(number)).toSorted() },
    detail: { customers: [], content: { why: word.why } },
  });
  return ended.length;
}

function movedOn(present: number | null): AssayError {
  const now = present === null ? 'no policy is published' : `release ${present} is in force`;
  return new AssayError(
    'POLICY_MOVED_ON',
    'ask',
    `Another policy was put in force meanwhile: ${now}.`,
    'Look at the difference again with "assay policy diff" and publish anew.',
  );
}

function inForce(version: string, number: number): AssayError {
  return new AssayError(
    'POLICY_IN_FORCE',
    'refuse-to-start',
    `Policy ${version} is in force, as release ${number}: it cannot be retired.`,
    'Publish another one first, or go back with "assay policy back", then retire it.',
  );
}

async function hasScoredAll(
  db: Kysely<Tables>,
  connection: ConnectionId,
  version: string,
): Promise<boolean> {
  const { rows } = await sql<{ others: boolean }>`
    select exists (
      select from scores s join customers c
        on c.connection_id = s.connection_id and c.id = s.customer_id
      where s.connection_id = ${connection} and s.policy_version <> ${version}
        and c.gone is null) as others`.execute(db);
  return rows[0]?.others !== true;
}

async function loadVersionOfScores(db: Kysely<Tables>): Promise<string | null> {
  const { rows } = await sql<{ version: string }>`
    select policy_version as version from scores group by policy_version
    order by count(*) desc, policy_version limit 1`.execute(db);
  return rows[0]?.version ?? null;
}
