import type { JSONColumnType } from 'kysely';
import type { ReleaseStatus } from '../domain/policy-release.ts';

/** Policies that were published. */
export type PolicyTables = { policy_releases: PolicyReleaseTable };

type PolicyReleaseTable = {
  number: number;
  version: string;
  digest: string;
  status: ReleaseStatus;
  /** The checked policy, as plain data. */
  content: JSONColumnType<object, string, never>;
  /** The YAML it was written in. */
  source: string;
  at: string;
  actor: string;
  why: string;
  replaces: number | null;
  approved: string | null;
  retired_at: string | null;
  retired_by: string | null;
  retired_why: string | null;
};
