import type { Hint } from '../../../src/domain/hint.ts';
import type { Tape } from './tape.ts';

export type CrmName = 'hubspot' | 'zoho';

/** Which CRM, and which of its ways. */
export const standNames = ['hubspot', 'zoho', 'zoho-bulk'] as const;
export type StandName = (typeof standNames)[number];

/** What people do on one day of a life. */
export const deedNames = ['a few buy', 'a day of changes', 'others buy'] as const;
export type DeedName = (typeof deedNames)[number];

/** A CRM's sandbox that outlives the processes which work with it, and can be made again from its tape. */
export type Stand = {
  readonly crm: CrmName;
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

/**
 * The least at which Zoho's bulk jobs are cheapest, in an org whose jobs cost a credit each: then a job
 * that writes is cheaper from 71 changes on, and one that reads from 1,201 deals on.
 */
export const bulkSize = { contacts: 150, deals: 1_300, seed: 21 } as const;
export const cheapJobs = { bulkReadCredits: 1, bulkWriteCredits: 1 } as const;

/** The first day that is scored, the one after, and one so long before that much is otherwise by time alone. */
export const days = { before: '2026-10-01', first: '2026-11-01', second: '2026-11-02' } as const;

/** Longer than any process lives: a sandbox's time stands still between two calls, a process's does not. */
export const betweenDaysMs = 600_000;

/** When and by what chance customers come back. */
export const purchases = {
  'a few buy': { day: days.first, seed: 3 },
  'others buy': { day: days.second, seed: 9 },
} as const;
