import type { FieldKey, FieldSpec } from '../domain/field.ts';
import type { KnownList, ListSpec } from '../domain/list.ts';

export type ProvisionRequest = {
  readonly fields: readonly FieldSpec[];
  readonly lists: readonly ListSpec[];
  /** What earlier provisions made, so that renamed lists stay ours and deleted ones stay deleted. */
  readonly knownLists: readonly KnownList[];
  /** Rebuild lists that a human deleted; otherwise they are reported. */
  readonly rebuildDeletedLists: boolean;
  /** Default: nothing is known of them. */
  readonly knownOptions?: KnownOptions;
  /** Default: none was ever begun, and nobody remembers any. */
  readonly begunLists?: BegunLists;
};

/** Lists that are about to be made: so that one whose maker was killed is known as ours. */
export type BegunLists = {
  /** An earlier provision was about to make it: a list of its name is ours. */
  readonly has: (spec: ListSpec) => boolean;
  /** Said once its name was found free, before it is made. */
  readonly note: (spec: ListSpec) => Promise<void>;
};

export const nothingBegun: BegunLists = { has: () => false, note: async () => undefined };

/** What is known of the options of our choice fields. */
export type KnownOptions = {
  /** Labels that earlier provisions gave an option; another one a person gave. */
  readonly given: (field: FieldKey, value: string) => readonly string[];
  /** Whether a customer may still have the value. */
  readonly isHeld: (field: FieldKey, value: string) => boolean;
};

/** No option was given a label, and any may be held. */
export const nothingKnown: KnownOptions = { given: () => [], isHeld: () => true };

/** One thing `provision` did, found or refused. */
export type ProvisionStep = {
  readonly subject: 'group' | 'field' | 'list';
  readonly name: string;
  /** `manual`: only a person can do it in this CRM; `todo` says how. */
  readonly outcome:
    | 'created'
    | 'extended'
    | 'changed'
    | 'unchanged'
    | 'removed'
    | 'manual'
    | 'problem';
  readonly message: string;
  readonly todo?: string;
};

export type ProvisionReport = {
  readonly steps: readonly ProvisionStep[];
  /** To be remembered in place of the request's `knownLists`. */
  readonly lists: readonly KnownList[];
};
