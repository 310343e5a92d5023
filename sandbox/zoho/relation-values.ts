import { referencedId } from './id-input.ts';
import type { RelationValues } from './memberships.ts';
import type { Org } from './org.ts';
import type { RecordPlace } from './record-place.ts';
import type { RecordView } from './record-view.ts';

/** Fields of a relation, not of a record: of campaign members, and of the contacts of a deal. */
export const relationFields: ReadonlySet<string> = new Set(['Member_Status', 'Contact_Role']);

/** What a body says of a relation. A role may be named or given by id; it is stored by id. */
export function relationInput(org: Org, input: RecordView, at: RecordPlace): RelationValues {
  const { Member_Status: status, Contact_Role: role } = input;
  return {
    ...(status === undefined ? {} : { Member_Status: statusOf(status, at) }),
    ...(role === undefined ? {} : { Contact_Role: roleId(org, role, at) }),
  };
}

/** As answers show it. */
export function relationView(org: Org, values: RelationValues): RecordView {
  const { Member_Status: status, Contact_Role: roleId } = values;
  const role = typeof roleId === 'string' ? org.contactRoles.byId(roleId) : undefined;
  return {
    Member_Status: status ?? null,
    Contact_Role: role === undefined ? null : { name: role.name, id: role.id },
  };
}

function statusOf(status: unknown, at: RecordPlace): string | null {
  if (status === null || typeof status === 'string') return status;
  throw at.invalid('Member_Status', { expected_data_type: 'text' });
}

function roleId(org: Org, role: unknown, at: RecordPlace): string | null {
  if (role === null) return null;
  const named = nameOf(role);
  const byName = named === undefined ? undefined : org.contactRoles.byName(named);
  const found = org.contactRoles.byId(referencedId(role) ?? '') ?? byName;
  if (found === undefined) throw at.invalid('Contact_Role');
  return found.id;
}

function nameOf(role: unknown): string | undefined {
  if (typeof role === 'string') return role;
  if (typeof role !== 'object' || role === null || !('name' in role)) return undefined;
  return typeof role.name === 'string' ? role.name : undefined;
}
