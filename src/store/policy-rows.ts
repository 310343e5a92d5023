import { type Kysely, sql, type Transaction } from 'kysely';
import { AssayError } from '../domain/assay-error.ts';
import type { PolicyRelease } from '../domain/policy-release.ts';
import type { PolicyText, ReleasedPolicy, Word } from './policy-store.ts';
import { jsonText } from './recordset.ts';
import type { Tables } from './schema.ts';

/** All of a release but what was published. */
export const headColumns = [
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

export async function loadRelease(
  db: Kysely<Tables>,
  number: number,
): Promise<ReleasedPolicy | null> {
  const row = await db
    .selectFrom('policy_releases')
    .select([...headColumns, 'content', 'source'])
    .where('number', '=', number)
    .executeTakeFirst();
  return row === undefined ? null : { ...headOf(row), content: row.content, source: row.source };
}

type HeadRow = {
  readonly [key in Exclude<keyof PolicyRelease, 'by' | 'retired'>]: PolicyRelease[key];
} & {
  readonly actor: string;
  readonly retired_at: string | null;
  readonly retired_by: string | null;
  readonly retired_why: string | null;
};

export function headOf(row: HeadRow): PolicyRelease {
  const { number, version, digest, status, at, actor: by, why, replaces, approved } = row;
  const { retired_at, retired_by, retired_why } = row;
  const retired =
    retired_at === null ? null : { at: retired_at, by: retired_by ?? '', why: retired_why ?? '' };
  return { number, version, digest, status, at, by, why, replaces, approved, retired };
}

/** One process at a time; reading goes on meanwhile. */
export async function alone(trx: Transaction<Tables>): Promise<void> {
  await sql`lock table policy_releases in share row exclusive mode`.execute(trx);
}

type Place = Pick<PolicyRelease, 'number' | 'status' | 'replaces'> & {
  readonly approved?: string;
};

/** Writes a release. */
export async function insertRelease(
  trx: Transaction<Tables>,
  { version, digest, content, source, at, by, why }: PolicyText & Word,
  { approved = undefined, ...place }: Place,
): Promise<void> {
  const what = { version, digest, content: jsonText(content), source };
  const row = { ...place, ...what, at, actor: by, why, approved: approved ?? null };
  await trx.insertInto('policy_releases').values(row).execute();
}

/** Of the next release. */
export async function nextNumber(trx: Transaction<Tables>): Promise<number> {
  const row = await trx
    .selectFrom('policy_releases')
    .select(({ fn }) => fn.max('number').as('last'))
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

/** @throws AssayError `POLICY_RETIRED`. */
export async function refuseRetired(trx: Transaction<Tables>, version: string): Promise<void> {
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
