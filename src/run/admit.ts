import { createHash, randomBytes } from 'node:crypto';
import { type Actor, mayAct, type Role } from '../domain/actor.ts';
import { AssayError } from '../domain/assay-error.ts';
import { Secret } from '../lib/secret.ts';
import type { AccessStore } from '../store/access-store.ts';

/** Who wants to do something. */
type Asking = {
  /** What it takes. */
  readonly needed: Role;
  /** What was shown; `null`: nothing. */
  readonly token: Secret | null;
  /** The shell's user, who acts while nobody has a token. */
  readonly user: string;
};

/**
 * Who acts, or a refusal. Until the first token is given, the shell's user is an admin, by name; from
 * then on everybody shows one. It keeps honest people apart and names them: whoever has the database's
 * password needs no token (docs/security.md).
 * @throws AssayError `ACCESS_TOKEN_MISSING`, `ACCESS_TOKEN_UNKNOWN`, `ACCESS_ROLE_NEEDED`.
 */
export async function admit(
  access: Pick<AccessStore, 'isOpen' | 'find'>,
  { needed, token, user }: Asking,
): Promise<Actor> {
  if (await access.isOpen()) return { name: `local:${user}`, role: 'admin' };
  if (token === null) throw tokenMissing(needed);
  const grant = await access.find(tokenHash(token));
  if (grant === null) throw tokenUnknown();
  if (!mayAct(grant.role, needed)) throw roleNeeded(grant.name, grant.role, needed);
  return { name: grant.name, role: grant.role };
}

/** 256 random bits behind a name by which scanners of repositories know it. */
export function newToken(): Secret {
  return new Secret(`assay_${randomBytes(32).toString('base64url')}`);
}

/** As hex. Nothing slower is needed: what is random all through cannot be tried one by one. */
export function tokenHash(token: Secret): string {
  return createHash('sha256').update(token.reveal()).digest('hex');
}

function tokenMissing(needed: Role): AssayError {
  return new AssayError(
    'ACCESS_TOKEN_MISSING',
    'refuse-to-start',
    `Whoever uses this store shows a token; this takes the role ${needed}.`,
    'Put your token into ASSAY_TOKEN. An admin makes one with `assay access grant <name> --role …`.',
  );
}

function tokenUnknown(): AssayError {
  return new AssayError(
    'ACCESS_TOKEN_UNKNOWN',
    'refuse-to-start',
    'The token in ASSAY_TOKEN is nobody’s in this store: revoked, mistyped, or of another one.',
    'Ask an admin for a new one: `assay access grant <name> --role …`.',
  );
}

function roleNeeded(name: string, role: Role, needed: Role): AssayError {
  return new AssayError(
    'ACCESS_ROLE_NEEDED',
    'ask',
    `${name} is ${role}; this takes the role ${needed}.`,
    `Ask somebody who is ${needed} to do it, or an admin for that role.`,
  );
}
