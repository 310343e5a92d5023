import type { Cron } from '../lib/cron.ts';
import type { DueKind } from './due-work.ts';

/** When a connection is worked on without anybody asking. */
export type Schedule = {
  /** `null`: never. */
  readonly times: Readonly<Record<DueKind, Cron | null>>;
  /** IANA name; `null`: the account's own, and UTC until that is known. */
  readonly timeZone: string | null;
  /** Plans, receipts, runs and ledgers are kept for so many days. */
  readonly keepDays: number;
};
