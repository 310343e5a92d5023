import type { PullObject } from '../../src/domain/pull-task.ts';
import type { Subject } from '../../src/domain/subject.ts';

/** One of HubSpot's record types, as far as calls need to know it. */
export type ObjectKind = {
  /** In paths. */
  readonly type: 'contacts' | 'companies' | 'deals';
  /** In lists. */
  readonly typeId: string;
  readonly singular: 'contact' | 'company' | 'deal';
  /** The modified date that search filters on: contacts have a name of their own (BEHAVIOR 11). */
  readonly modified: string;
  /** When HubSpot created the record: `createdate` of a deal can be set by anyone. */
  readonly created: string;
  /** Where a merged record names the records it was made of (BEHAVIOR 20). */
  readonly mergedIds: readonly string[];
};

const merged = 'hs_merged_object_ids';
const contacts: ObjectKind = {
  type: 'contacts',
  typeId: '0-1',
  singular: 'contact',
  modified: 'lastmodifieddate',
  created: 'createdate',
  mergedIds: [merged, 'hs_calculated_merged_vids'],
};
const companies: ObjectKind = {
  type: 'companies',
  typeId: '0-2',
  singular: 'company',
  modified: 'hs_lastmodifieddate',
  created: 'hs_createdate',
  mergedIds: [merged],
};
export const deals: ObjectKind = {
  type: 'deals',
  typeId: '0-3',
  singular: 'deal',
  modified: 'hs_lastmodifieddate',
  created: 'hs_createdate',
  mergedIds: [merged],
};

/** The HubSpot type behind a connection's customers. */
export function customerKind(subject: Subject): ObjectKind {
  return subject === 'contact' ? contacts : companies;
}

/** The HubSpot type behind one of the two pulled objects. */
export function kindOf(object: PullObject, subject: Subject): ObjectKind {
  return object === 'deals' ? deals : customerKind(subject);
}
