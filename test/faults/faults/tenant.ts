import type { Hint } from '../../../src/domain/hint.ts';
import type { Chance } from '../bad-inputs/chance.ts';
import type { CrmName, DeedName } from '../kill/stand.ts';
import type { Effect } from './effects.ts';

/** Which calls of ours are struck, and how. */
export type Strike = {
  readonly method: string;
  /** A regular expression over the path without version and query. */
  readonly path: string;
  /** Only the nth of them, from 1. Default: each, as often as `times` says. */
  readonly nth?: number;
  readonly times?: number;
  readonly probability?: number;
  readonly effect: Effect['effect'];
};

/** One call of ours, as the CRM counts it. */
export type Called = {
  /** Method and path with placeholders; `JOB` and a path: work that a call of ours began. */
  readonly endpoint: string;
  readonly kind: 'read' | 'write' | 'search' | 'other';
};

/** One CRM in this process, in which calls can be struck. */
export type Tenant = {
  readonly crm: CrmName;
  /** `settings:` of a connection to it, and the secrets that they name. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly strike: (strikes: readonly Strike[]) => void;
  /** As of when everybody is scored first. */
  readonly firstDay: string;
  /** Whether any of the strikes came. */
  readonly strikesCame: () => boolean;
  /** No more strikes. */
  readonly spare: () => void;
  readonly calls: () => readonly Called[];
  /** People change something. Returns what webhooks would say of it. */
  readonly act: (deed: DeedName) => readonly Hint[];
  /** Somebody does one thing or another; what, in words. */
  readonly befall: (chance: Chance) => string;
  /** What webhooks would say of all that happened since this was last asked. */
  readonly heard: () => readonly Hint[];
  /** Time passes in the CRM. */
  readonly wait: (ms: number) => void;
  /** Every customer's fields and lists, whatever their times. */
  readonly picture: () => Readonly<Record<string, unknown>>;
  readonly close: () => Promise<void>;
};

/** Customers and deals of a tenant. */
export const tenantSize = { contacts: 45, deals: 90, seed: 21 } as const;

/** Longer than a call may take; see `timeoutMs` of both. */
export const tooSlowMs = 2_600;
export const timeoutMs = 2_000;
