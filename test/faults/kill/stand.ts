import type { Hint } from '../../../src/domain/hint.ts';
import type { Tape } from './tape.ts';

export const crmNames = ['hubspot', 'zoho'] as const;
export type CrmName = (typeof crmNames)[number];

/** What people do on one day of a life. */
export const deedNames = ['a few buy', 'a day of changes', 'others buy'] as const;
export type DeedName = (typeof deedNames)[number];

/** A CRM's sandbox that outlives the processes which work with it, and can be made again from its tape. */
export type Stand = {
  /** `settings:` of a connection to it. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Environment variables that the settings name. */
  readonly variables: Readonly<Record<string, string>>;
  /** People change something. Returns what webhooks would say of it. */
  readonly act: (deed: DeedName) => readonly Hint[];
  readonly tape: () => Tape;
  /** How often each record was written to by us since this was last asked, by its id. */
  readonly takeWrites: () => Readonly<Record<string, number>>;
  /** Every customer's fields and lists, whatever their times. */
  readonly picture: () => Readonly<Record<string, unknown>>;
  readonly close: () => Promise<void>;
};

/** Opens a sandbox that is what the tape made of it; of an empty tape: as it was before us. */
export type OpenStand = (tape: Tape) => Promise<Stand>;

/** When every life begins, in every sandbox: so that the same tape makes the same portal. */
export const bornAt = Date.now();

/** Customers and deals: pages of a hundred, so that every step has a first, a middle and a last time. */
export const worldSize = { contacts: 230, deals: 340, seed: 21 } as const;

/** The first day that is scored, the one after, and one on which much is otherwise by time alone. */
export const days = { first: '2026-11-01', second: '2026-11-02', later: '2026-12-22' } as const;

/** Longer than any process lives: a sandbox's time stands still between two calls, a process's does not. */
export const betweenDaysMs = 600_000;

/** When and by what chance customers come back. */
export const purchases = {
  'a few buy': { day: days.first, seed: 3 },
  'others buy': { day: days.second, seed: 9 },
} as const;
