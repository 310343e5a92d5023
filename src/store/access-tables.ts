import type { Role } from '../domain/actor.ts';

/** Of who may act. */
export type AccessTables = { access: AccessTable };

type AccessTable = {
  name: string;
  role: Role;
  /** SHA-256 of the token, as hex. */
  hash: string;
  created_at: string;
  created_by: string;
  last_used_at: string | null;
};
