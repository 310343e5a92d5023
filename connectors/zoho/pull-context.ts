import { hash } from 'node:crypto';
import type { PullPage } from '../../src/connector/pull.ts';
import type { PullObject } from '../../src/domain/pull-task.ts';
import { BulkResults } from './bulk-results.ts';
import type { FlatRecord } from './flat-record.ts';
import type { Session } from './session.ts';

/** What reading one opened connection works with; only `session` is not of its own making. */
export type PullContext = {
  readonly session: Session;
  /** Downloaded results, so that each is downloaded once. */
  readonly results: BulkResults;
  /** Fields that COQL has refused to select. */
  readonly refused: Readonly<Record<PullObject, Set<string>>>;
  /** Rows that planning has read already, by the cursor of the task that yields them. */
  readonly read: Map<string, readonly FlatRecord[]>;
  /** Jobs that were begun anew, by the task's key. */
  readonly renewals: Map<string, number>;
};

export function openPull(session: Session): PullContext {
  return {
    session,
    results: new BulkResults(),
    refused: { customers: new Set(), deals: new Set() },
    read: new Map(),
    renewals: new Map(),
  };
}

export const emptyPage: PullPage = {
  customers: [],
  deals: [],
  removals: [],
  next: null,
  spawned: [],
};

export function moduleOf({ module }: Session, object: PullObject): string {
  return object === 'deals' ? 'Deals' : module;
}

/** Changes when another input is mapped or another result is written than before. */
export function askedDigest({ inputs, written, settings, subject }: Session): string {
  const { dealContacts, currency, exchangeRates } = settings;
  const keys = written.map(({ key }) => key).toSorted();
  const asked = [subject, inputs, keys, dealContacts, currency ?? null, exchangeRates];
  return hash('sha1', JSON.stringify(asked), 'base64');
}
