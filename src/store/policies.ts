import { type Kysely, sql, type Transaction } from 'kysely';
import { AssayError } from '../domain/assay-error.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { PolicyRelease } from '../domain/policy-release.ts';
import { appendAudit } from './append-audit.ts';
import type { Database } from './database.ts';
import type { PolicyStore, PolicyText, Publication, Word } from './policy-store.ts';
import { jsonText } from './recordset.ts';
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

const headColumns = [
  'number',
  'version',
  'digest',
  'status',
  'at',
  'actor',
  'why',
  'replaces',
  'approved',
  'retired_at',
  'retired_by',
  'retired_why',
] as const;

async function loadRelease(db: Kysely<Tables>, number: number) {
  const row = await db
    .selectFrom('policy_releases')
    .select([...headColumns, 'content', 'source'])
    .where('number', '=', number)
    .executeTakeFirst();
  return row === undefined ? null : { ...headOf(row), content: row.content, source: row.source };
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

type HeadRow = {
  readonly [key in Exclude<keyof PolicyRelease, 'by' | 'retired'>]: PolicyRelease[key];
} & {
  readonly actor: string;
  readonly retired_at: string | null;
  readonly retired_by: string | null;
  readonly retired_why: string | null;
};

function headOf(row: HeadRow): PolicyRelease {
  const { number, version, digest, status, at, actor: by, why, replaces, approved } = row;
  const { retired_at, retired_by, retired_why } = row;
  const retired =
    retired_at === null ? null : { at: retired_at, by: retired_by ?? '', why: retired_why ?? '' };
  return { number, version, digest, status, at, by, why, replaces, approved, retired };
}

/** One process at a time; reading goes on meanwhile. */
async function alone(trx: Transaction<Tables>): Promise<void> {
  await sql`lock table policy_releases in share row exclusive mode`.execute(trx);
}

async function publish(trx: Transaction<Tables>, given: Publication): Promise<PolicyRelease> {
  await alone(trx);
  const present = await loadInForce(trx);
  if ((present?.number ?? null) !== given.replaces) throw movedOn(present?.number ?? null);
  await refuseRetired(trx, given.version);
  const first = await nextNumber(trx);
  const { before = null } = given;
  if (before !== null)
    await insert(trx, before, { number: first, status: 'replaced', replaces: null });
  const number = before === null ? first : first + 1;
  const replaces = before === null ? given.replaces : first;
  await trx
    .updateTable('policy_releases')
    .set({ status: 'replaced' })
    .where('status', '=', 'published')
    .execute();
  const { approved, version, digest } = given;
  await insert(trx, given, { number, status: 'published', replaces, approved });
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

type Place = Pick<PolicyRelease, 'number' | 'status' | 'replaces'> & {
  readonly approved?: string;
};

async function insert(
  trx: Transaction<Tables>,
  { version, digest, content, source, at, by, why }: PolicyText & Word,
  { approved = undefined, ...place }: Place,
): Promise<void> {
  const what = { version, digest, content: jsonText(content), source };
  const row = { ...place, ...what, at, actor: by, why, approved: approved ?? null };
  await trx.insertInto('policy_releases').values(row).execute();
}

async function nextNumber(trx: Transaction<Tables>): Promise<number> {
  const row = await trx
    .selectFrom('policy_releases')
    .select(({ fn }) => fn.max('number').as('last'))
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
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

async function refuseRetired(trx: Transaction<Tables>, version: string): Promise<void> {
  const row = await trx
    .selectFrom('policy_releases')
    .select(['retired_by', 'retired_at', 'retired_why'])
    .where('version', '=', version)
    .where('status', '=', 'retired')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return;
  throw new AssayError(
    'POLICY_RETIRED',
    'refuse-to-start',
    `Policy ${version} was retired on ${row.retired_at?.slice(0, 10) ?? ''} by ${row.retired_by ?? ''}: ${row.retired_why ?? ''}`,
    'Its rules are never published again; write a policy with other rules.',
  );
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
