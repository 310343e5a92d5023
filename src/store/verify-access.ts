import type { Kysely } from 'kysely';
import { houseChain } from './append-audit.ts';
import type { Found } from './audit-row-fault.ts';
import { readAuditValues } from './read-audit-values.ts';
import type { Tables } from './schema.ts';

/** Whether exactly those may act whom the log says to have been given a token, and as what. */
export async function accessFault(db: Kysely<Tables>): Promise<Found | null> {
  const rows = await db
    .selectFrom('audit')
    .select(['kind', 'facts'])
    .where('chain', '=', houseChain)
    .where('kind', 'in', ['access.granted', 'access.revoked'])
    .orderBy('position')
    .execute();
  const told = new Map<string, string>();
  for (const { kind, facts } of rows) {
    const { name, role, token } = readAuditValues(facts);
    if (kind === 'access.granted') told.set(String(name), grantText(role, token));
    else told.delete(String(name));
  }
  const stored = await db.selectFrom('access').select(['name', 'role', 'hash']).execute();
  const differs = stored.find(({ name, role, hash }) => told.get(name) !== grantText(role, hash));
  if (differs === undefined && stored.length === told.size) return null;
  return {
    fault: 'access-untold',
    found: 'Who may act is not what the log tells: somebody changed the table `access` itself.',
  };
}

function grantText(role: unknown, token: unknown): string {
  return `${role} ${token}`;
}
