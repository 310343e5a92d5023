import { AssociationStore } from './association-store.ts';
import { Currencies } from './currencies.ts';
import { externalOptions } from './external-options.ts';
import { IdSequence } from './id-sequence.ts';
import { Lists } from './lists.ts';
import { ObjectStore } from './object-store.ts';
import type { ObjectType } from './object-types.ts';
import { Pipelines } from './pipelines.ts';
import { PortalEvents } from './portal-events.ts';
import { PropertySchema } from './schema.ts';

/** What distinguishes one portal from another. Every option has a default. */
export interface PortalOptions {
  /** Default 4711. */
  readonly portalId: number;
  /** Now, in epoch milliseconds. Default `Date.now`; a test injects its own. */
  readonly clock: () => number;
  /** How long search does not see a new or changed record (README 14). Default 0. */
  readonly indexLagMs: number;
  /** Default `USD`. */
  readonly companyCurrency: string;
  /** IANA name; the daily limit resets at its midnight. Default `UTC`. */
  readonly timeZone: string;
  /** The first record id given. Default 1001. */
  readonly firstRecordId: number;
  /** Ids a record carries inline per associated type before a page ends (README C6). Default 100. */
  readonly inlineAssociationLimit: number;
  /** Targets per input in one page of an association batch read (README C6). Default 500. */
  readonly associationPageLimit: number;
  /**
   * What a batch read answers for a record without associations: a 207 error entry, or nothing.
   * Default `error`, as has been seen in the field (README C5).
   */
  readonly missingAssociations: 'error' | 'omit';
}

const DEFAULTS: PortalOptions = {
  portalId: 4711,
  clock: Date.now,
  indexLagMs: 0,
  companyCurrency: 'USD',
  timeZone: 'UTC',
  firstRecordId: 1001,
  inlineAssociationLimit: 100,
  associationPageLimit: 500,
  missingAssociations: 'error',
};

/** All the state of one portal. Routers read and write it; nothing else holds any. */
export class Portal {
  readonly options: PortalOptions;
  readonly clock: () => number;
  readonly ids: IdSequence;
  readonly objects: Readonly<Record<ObjectType, ObjectStore>>;
  readonly associations: AssociationStore;
  readonly schema: PropertySchema;
  readonly pipelines: Pipelines;
  readonly lists: Lists;
  readonly currencies: Currencies;
  readonly events = new PortalEvents();

  constructor(options: Partial<PortalOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
    this.clock = this.options.clock;
    this.ids = new IdSequence(this.options.firstRecordId);
    const store = () => new ObjectStore(this.ids, this.options.indexLagMs);
    this.objects = { contacts: store(), companies: store(), deals: store() };
    this.associations = new AssociationStore(this.objects);
    this.pipelines = new Pipelines(this.clock);
    this.currencies = new Currencies(this.options.companyCurrency);
    this.schema = new PropertySchema({
      clock: this.clock,
      externalOptions: externalOptions(this.pipelines, this.currencies),
    });
    this.lists = new Lists();
  }
}
