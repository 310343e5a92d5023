import { ContactRoles } from './contact-roles.ts';
import { Currencies } from './currencies.ts';
import { CustomViews } from './custom-views.ts';
import { FieldSchema } from './field-schema.ts';
import { IdSequence } from './id-sequence.ts';
import { Memberships } from './memberships.ts';
import { ModuleCatalog } from './module-catalog.ts';
import type { ModuleName } from './module-names.ts';
import { type OrgOptions, orgDefaults } from './org-options.ts';
import { Pipelines } from './pipelines.ts';
import { RecordStore } from './record-store.ts';
import { StageHistory } from './stage-history.ts';
import { Tags } from './tags.ts';
import { Uploads } from './uploads.ts';
import { Users } from './users.ts';
import { Channels } from './watch.ts';
import { WriteLog } from './write-log.ts';

/** All the state of one Zoho CRM org. Routers read and write it; nothing else holds any. */
export class Org {
  readonly options: OrgOptions;
  /** Now, in epoch milliseconds. */
  readonly clock: () => number;
  readonly ids = new IdSequence();
  readonly records: Readonly<Record<ModuleName, RecordStore>>;
  readonly users: Users;
  readonly currencies: Currencies;
  readonly pipelines: Pipelines;
  readonly schema: FieldSchema;
  readonly tags: Tags;
  readonly catalog: ModuleCatalog;
  readonly customViews: CustomViews;
  readonly contactRoles: ContactRoles;
  /** Who is told of changes. */
  readonly channels: Channels;
  /** Who is in which campaign, and which contacts have a role in which deal. */
  readonly memberships = new Memberships();
  /** When deals changed their stage. */
  readonly stages: StageHistory;
  /** Files that wait for a bulk write. */
  readonly uploads = new Uploads();
  /** `trigger` and `skip_feature_execution` of every write, for tests to look at. */
  readonly writes = new WriteLog();

  constructor(options: Partial<OrgOptions> = {}) {
    this.options = { ...orgDefaults, ...options };
    this.clock = this.options.clock;
    const store = () => new RecordStore(this.options);
    this.records = {
      ...{ Leads: store(), Contacts: store(), Accounts: store() },
      ...{ Deals: store(), Campaigns: store() },
    };
    this.stages = new StageHistory(this.records.Deals);
    this.users = new Users(this.ids, this.options);
    this.currencies = new Currencies(this.ids, this.options);
    this.pipelines = new Pipelines(this.ids);
    this.schema = new FieldSchema(this.ids, this.pipelines, this.options, this.currencies);
    this.tags = new Tags(this.ids, this.options);
    this.catalog = new ModuleCatalog(this.ids);
    this.customViews = new CustomViews(this.ids, this.clock);
    this.contactRoles = new ContactRoles(this.ids);
    this.channels = new Channels(this.clock);
  }

  /** Now, as records carry it: whole seconds. */
  now(): number {
    return Math.floor(this.clock() / 1_000) * 1_000;
  }
}
