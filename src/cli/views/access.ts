import type { Grant } from '../../store/access-store.ts';
import { table } from './table.ts';

/** `assay access list`. */
export function renderGrants(grants: readonly Grant[]): string {
  if (grants.length === 0)
    return 'Nobody has a token: the shell’s user is an admin. The first token given is an admin’s.';
  const rows = grants.map(({ name, role, createdBy, createdAt, lastUsedAt }) => [
    ...[name, role, `by ${createdBy}, ${createdAt.slice(0, 10)}`],
    lastUsedAt === null
      ? 'never used'
      : `last used ${lastUsedAt.slice(0, 16).replace('T', ' ')} UTC`,
  ]);
  return table(rows, ['left', 'left', 'left', 'left']);
}

/** `assay access grant`. */
export function renderGranted({ name, role }: Grant, token: string): string {
  return [
    `${name} is ${role} from now on. Their token, shown this once and kept nowhere:`,
    '',
    token,
    '',
    'They put it into ASSAY_TOKEN.',
  ].join('\n');
}

/** `assay access revoke`. */
export function renderRevoked({ name, role }: Grant): string {
  return `${name}, ${role}, is refused from the next command on.`;
}
