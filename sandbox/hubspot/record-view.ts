import { type InlineAssociations, inlineAssociations } from './inline-associations.ts';
import { isoInstant } from './instant.ts';
import { OBJECT_TYPE_FACTS, type ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import { type PropertyReader, propertyReader } from './property-reader.ts';
import type { PropertyVersion } from './write-history.ts';

/** What a caller asked to see of a record. */
export interface Selection {
  readonly properties?: readonly string[];
  readonly propertiesWithHistory?: readonly string[];
  readonly associations?: readonly ObjectType[];
  /** Where links to further pages lead. Default: HubSpot's own host. */
  readonly origin?: string;
}

/** A record as it goes over the wire. Every value is a string or null (README 7). */
export interface WireRecord {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly propertiesWithHistory?: Readonly<Record<string, readonly PropertyVersion[]>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
  readonly archivedAt?: string;
  readonly associations?: InlineAssociations;
  readonly url: string;
}

/**
 * Prepares one answer's view of records: which properties, how each is read. Without names the
 * defaults are shown; id and dates always are.
 */
export function recordView(
  portal: Portal,
  type: ObjectType,
  selection: Selection = {},
): (slot: number) => WireRecord {
  const store = portal.objects[type];
  const readers = selectedReaders(portal, type, selection);
  const withHistory = selection.propertiesWithHistory ?? [];
  const associations = selection.associations ?? [];
  const origin = selection.origin ?? 'https://api.hubapi.com';
  const { typeId } = OBJECT_TYPE_FACTS[type];
  return (slot) => {
    const record = store.at(slot);
    const archivedAt = store.archivedAt(slot);
    const history = () =>
      withHistory.map((name) => [name, store.history.versions(slot, record, name)] as const);
    const inline = inlineAssociations(portal, { type, id: record.id }, associations, origin);
    return {
      id: String(record.id),
      properties: Object.fromEntries(
        readers.map(([name, read]) => [name, read(record) ?? null] as const),
      ),
      ...(withHistory.length > 0 && { propertiesWithHistory: Object.fromEntries(history()) }),
      createdAt: isoInstant(record.createdAt),
      updatedAt: isoInstant(record.updatedAt),
      archived: archivedAt !== undefined,
      ...(archivedAt !== undefined && { archivedAt: isoInstant(archivedAt) }),
      ...(inline !== undefined && { associations: inline }),
      url: `https://app.hubspot.com/contacts/${portal.options.portalId}/record/${typeId}/${record.id}`,
    };
  };
}

function selectedReaders(
  portal: Portal,
  type: ObjectType,
  { properties = [], propertiesWithHistory = [] }: Selection,
): readonly (readonly [string, PropertyReader])[] {
  const { defaultProperties, modifiedProperty } = OBJECT_TYPE_FACTS[type];
  const always = ['hs_object_id', 'createdate', modifiedProperty];
  const asked = [...properties, ...propertiesWithHistory];
  const names = new Set(asked.length === 0 ? defaultProperties : [...asked, ...always]);
  return [...names].flatMap((name) => {
    const read = propertyReader(portal, type, name);
    return read === undefined ? [] : [[name, read] as const];
  });
}
