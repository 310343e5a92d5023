import { type Kysely, sql, type Transaction } from 'kysely';
import { AssayError } from '../domain/assay-error.ts';
import type { PolicyRelease } from '../domain/policy-release.ts';
import { appendAudit } from './append-audit.ts';
import { alone, insertRelease, loadRelease, nextNumber, refuseRetired } from './policy-rows.ts';
import type { PolicyText, ReleasedPolicy, Word } from './policy-store.ts';
import type { Tables } from './schema.ts';

export async function loadChallenger(db: Kysely<Tables>): Promise<ReleasedPolicy | null> {
  const row = await db
    .selectFrom('policy_releases')
    .select('number')
    .where('status', '=', 'challenger')
    .executeTakeFirst();
  return row === undefined ? null : await loadRelease(db, row.number);
}

/** @throws AssayError `POLICY_CHALLENGED`, `POLICY_RETIRED`. */
export async function begin(
  trx: Transaction<Tables>,
  draft: PolicyText & Word,
): Promise<PolicyRelease> {
  await alone(trx);
  const present = await loadChallenger(trx);
  if (present !== null) throw challenged(present);
  await refuseRetired(trx, draft.version);
  const number = await nextNumber(trx);
  await insertRelease(trx, draft, { number, status: 'challenger', replaces: null });
  const { version, digest, at, by, why } = draft;
  await appendAudit(trx, {
    ...{ kind: 'policy.challenged', connection: null, actor: by, at },
    facts: { release: number, version, digest },
    detail: { customers: [], content: { why } },
  });
  const none = { replaces: null, approved: null, retired: null };
  return { ...{ number, version, digest, status: 'challenger', at, by, why }, ...none };
}

/** @throws AssayError `POLICY_UNCHALLENGED`. */
export async function end(trx: Transaction<Tables>, word: Word): Promise<PolicyRelease> {
  await alone(trx);
  const present = await endShadow(trx, null, word);
  if (present === null) throw unchallenged();
  return { ...present, status: 'ended' };
}

/**
 * Ends the challenger, or the one of this version, and forgets what it gave; `null`: there is none.
 * Its row of the log is the last of the transaction's, or before those of the house.
 */
export async function endShadow(
  trx: Transaction<Tables>,
  version: string | null,
  { by, at, why }: Word,
): Promise<ReleasedPolicy | null> {
  const present = await loadChallenger(trx);
  if (present === null || (version !== null && present.version !== version)) return null;
  await trx
    .updateTable('policy_releases')
    .set({ status: 'ended' })
    .where('number', '=', present.number)
    .execute();
  await sql`delete from shadow_scores`.execute(trx);
  await sql`delete from shadow_snapshots`.execute(trx);
  await appendAudit(trx, {
    ...{ kind: 'policy.challenge-ended', connection: null, actor: by, at },
    facts: { release: present.number, version: present.version },
    detail: { customers: [], content: { why } },
  });
  return present;
}

function challenged({ number, version, by, at }: PolicyRelease): AssayError {
  return new AssayError(
    'POLICY_CHALLENGED',
    'refuse-to-start',
    `Release ${number}, version ${version}, is in shadow already, since ${at.slice(0, 10)} by ${by}.`,
    'Compare it with "assay policy compare"; end it with "assay policy shadow --end --why <text>" first.',
  );
}

function unchallenged(): AssayError {
  return new AssayError(
    'POLICY_UNCHALLENGED',
    'refuse-to-start',
    'No policy is in shadow.',
    '"assay policy shadow <file> --why <text>" puts a draft there.',
  );
}
