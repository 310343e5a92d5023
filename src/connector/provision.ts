import type { FieldSpec } from '../domain/field.ts';
import type { KnownList, ListSpec } from '../domain/list.ts';

export type ProvisionRequest = {
  readonly fields: readonly FieldSpec[];
  readonly lists: readonly ListSpec[];
  /** What earlier provisions made, so that renamed lists stay ours and deleted ones stay deleted. */
  readonly knownLists: readonly KnownList[];
  /** Rebuild lists that a human deleted; otherwise they are reported. */
  readonly rebuildDeletedLists: boolean;
};

/** One thing `provision` did, found or refused. */
export type ProvisionStep = {
  readonly subject: 'group' | 'field' | 'list';
  readonly name: string;
  /** `manual`: only a person can do it in this CRM; `todo` says how. */
  readonly outcome: 'created' | 'extended' | 'unchanged' | 'removed' | 'manual' | 'problem';
  readonly message: string;
  readonly todo?: string;
};

export type ProvisionReport = {
  readonly steps: readonly ProvisionStep[];
  /** To be remembered in place of the request's `knownLists`. */
  readonly lists: readonly KnownList[];
};
