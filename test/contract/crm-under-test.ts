import type { Connector } from '../../src/connector/connector.ts';
import type { Deal } from '../../src/domain/deal.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { PullObject } from '../../src/domain/pull-task.ts';

/** A CRM with some hundred records in it, and what people and other apps do there. */
export type CrmUnderTest = {
  /** A connection as after a restart: nothing is remembered but what the CRM holds. */
  readonly open: () => Connector;
  readonly liveIds: (object: PullObject) => readonly RecordId[];
  /** A person changes a value that is mapped. */
  readonly edit: (object: PullObject, id: RecordId) => Promise<void>;
  readonly archive: (object: PullObject, id: RecordId) => Promise<void>;
  /** Returns the id of the record that the two became. */
  readonly merge: (id: RecordId, other: RecordId) => Promise<RecordId>;
  readonly deleteList: (crmId: string) => Promise<void>;
  readonly renameList: (crmId: string, name: string) => Promise<void>;
  /** A list of somebody else's. */
  readonly createList: (name: string) => Promise<void>;
  /** Fields, groups and lists that a person can see, by name. */
  readonly schema: () => readonly string[];
  /** Options of the field that holds the value tier, in order, and whether people may choose them. */
  readonly tierOptions: () => readonly {
    readonly value: string;
    readonly label: string;
    readonly isOffered: boolean;
  }[];
  /** The store holds these deals from now on, as far as a connector asks it. */
  readonly stores: (deals: readonly Deal[]) => void;
  /** Calls the CRM has seen. */
  readonly calls: () => number;
  /** Lets time pass, so that what was done lies behind the next window's end. */
  readonly settle: () => void;
  readonly close: () => Promise<void>;
};
