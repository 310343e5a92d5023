import type { FieldIdStore, StoredLinks, WrittenField } from '../../src/connector/connector.ts';
import type { RollingBudget } from '../../src/connector/http/rolling-budget.ts';
import type { ServerClock } from '../../src/connector/http/server-clock.ts';
import type { Subject } from '../../src/domain/subject.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { Logger } from '../../src/lib/logger.ts';
import type { Addresses } from './addresses.ts';
import type { ZohoClient } from './client.ts';
import type { CreditShare } from './credit-share.ts';
import type { JobKeeper } from './job-keeper.ts';
import type { Metadata } from './metadata.ts';
import type { Org, TokenUser } from './org.ts';
import type { OwnFields } from './own-fields.ts';
import type { Rates } from './rates.ts';
import type { ZohoSettings } from './settings.ts';
import type { Inputs } from './settings-fields.ts';

/** What every verb of one opened connection works with. */
export type Session = {
  readonly client: ZohoClient;
  readonly settings: ZohoSettings;
  /** Where each input is read from, with the subject's own defaults. */
  readonly inputs: Inputs;
  readonly subject: Subject;
  /** Of the customers. */
  readonly module: 'Contacts' | 'Accounts';
  /** Asked once. */
  readonly org: (signal: AbortSignal) => Promise<Org>;
  /** Whose token it is; asked once, and only by who needs it: 1 credit. */
  readonly user: (signal: AbortSignal) => Promise<TokenUser>;
  readonly metadata: Metadata;
  /** Our fields as the module has them now; asked again after `metadata.forget(module)`. */
  readonly own: (signal: AbortSignal) => Promise<OwnFields>;
  readonly written: readonly WrittenField[];
  readonly serverClock: ServerClock;
  readonly rates: Rates;
  readonly credits: RollingBudget;
  readonly creditShare: CreditShare;
  readonly addresses: Addresses;
  readonly fieldIds: FieldIdStore;
  readonly stored: StoredLinks;
  /** Bulk write jobs that are at work. */
  readonly jobs: JobKeeper;
  readonly log: Logger;
  readonly wait: Clock['sleep'];
};
