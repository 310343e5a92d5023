import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { AssayError } from '../domain/assay-error.ts';
import type { AccessStore, Grant } from './access-store.ts';
import type { AccessTables } from './access-tables.ts';
import { appendAudit } from './append-audit.ts';
import type { Author } from './author.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

export function accessStore(database: Database, author: Author): AccessStore {
  return {
    isOpen: async () => await database.query(isOpen),
    find: async (hash) => await find(database, hash, author),
    list: async () => await database.query(list),
    grant: async (one) =>
      await database.transaction(async (trx) => {
        await lockAccess(trx);
        return await grant(trx, one, author);
      }),
    revoke: async (name) =>
      await database.transaction(async (trx) => {
        await lockAccess(trx);
        return await revoke(trx, name, author);
      }),
  };
}

/** So that of two at once the second sees what the first did: the last admin stays. */
async function lockAccess(trx: Transaction<Tables>): Promise<void> {
  await sql`lock table access in share row exclusive mode`.execute(trx);
}

async function isOpen(db: Kysely<Tables>): Promise<boolean> {
  return (await db.selectFrom('access').select('name').limit(1).executeTakeFirst()) === undefined;
}

/** Found by an index over hashes: how long that takes says nothing of the token. */
async function find(database: Database, hash: string, { now }: Author): Promise<Grant | null> {
  const row = await database.query((db) =>
    db.selectFrom('access').selectAll().where('hash', '=', hash).executeTakeFirst(),
  );
  if (row === undefined) return null;
  const at = now();
  await database.transaction((trx) =>
    sql`
      update access set last_used_at = ${at} where hash = ${hash}
      and (last_used_at is null or last_used_at < ${at}::timestamptz - interval '1 minute')`.execute(
      trx,
    ),
  );
  return grantOf(row);
}

async function list(db: Kysely<Tables>): Promise<readonly Grant[]> {
  const rows = await db.selectFrom('access').selectAll().orderBy('name').execute();
  return rows.map(grantOf);
}

async function grant(
  trx: Transaction<Tables>,
  { name, role, hash }: Parameters<AccessStore['grant']>[0],
  { actor, now }: Author,
): Promise<Grant> {
  const known = await list(trx);
  if (known.some((one) => one.name === name)) throw nameTaken(name);
  if (known.length === 0 && role !== 'admin') throw adminNeeded('The first token is an admin’s.');
  const at = now();
  const row = { name, role, hash, created_at: at, created_by: actor, last_used_at: null };
  await trx.insertInto('access').values(row).execute();
  const facts = { name, role, token: hash };
  await appendAudit(trx, { kind: 'access.granted', connection: null, actor, at, facts });
  return grantOf(row);
}

async function revoke(
  trx: Transaction<Tables>,
  name: string,
  { actor, now }: Author,
): Promise<Grant> {
  const known = await list(trx);
  const found = known.find((one) => one.name === name);
  if (found === undefined) throw nameUnknown(name);
  const admins = known.filter(({ role }) => role === 'admin');
  if (found.role === 'admin' && admins.length === 1)
    throw adminNeeded(`${name} is the last admin: nobody could give access any more.`);
  await trx.deleteFrom('access').where('name', '=', name).execute();
  const facts = { name, role: found.role };
  await appendAudit(trx, { kind: 'access.revoked', connection: null, actor, at: now(), facts });
  return found;
}

function grantOf(row: Selectable<AccessTables['access']>): Grant {
  return {
    name: row.name,
    role: row.role,
    createdAt: row.created_at,
    createdBy: row.created_by,
    lastUsedAt: row.last_used_at,
  };
}

function adminNeeded(message: string): AssayError {
  return new AssayError(
    'ACCESS_ADMIN_NEEDED',
    'refuse-to-start',
    message,
    'Give an admin a token first: `assay access grant <name> --role admin`.',
  );
}

function nameTaken(name: string): AssayError {
  return new AssayError(
    'ACCESS_NAME_TAKEN',
    'refuse-to-start',
    `"${name}" has a token already.`,
    `Take another name, or revoke it first: \`assay access revoke ${name}\`.`,
  );
}

function nameUnknown(name: string): AssayError {
  return new AssayError(
    'ACCESS_NAME_UNKNOWN',
    'refuse-to-start',
    `Nobody called "${name}" has a token.`,
    '`assay access list` names those who have one.',
  );
}
