import type { DailyBudget } from '../../src/connector/http/daily-budget.ts';
import type { ServerClock } from '../../src/connector/http/server-clock.ts';
import type { Subject } from '../../src/domain/subject.ts';
import type { Logger } from '../../src/lib/logger.ts';
import type { HubSpotClient } from './client.ts';
import type { OwnFields } from './fields.ts';
import type { CustomerMapping } from './mapping.ts';
import type { ObjectKind } from './object-kind.ts';
import type { Paths } from './paths.ts';
import type { Rates } from './rates.ts';
import type { HubSpotSettings } from './settings.ts';

/** What every verb of one opened connection works with. */
export type Session = {
  readonly client: HubSpotClient;
  readonly paths: Paths;
  readonly settings: HubSpotSettings;
  readonly subject: Subject;
  readonly customers: ObjectKind;
  readonly own: OwnFields;
  readonly mapping: CustomerMapping;
  readonly serverClock: ServerClock;
  readonly rates: Rates;
  readonly daily: DailyBudget;
  readonly log: Logger;
};
