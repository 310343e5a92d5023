/** The record kinds this portal keeps, by the plural name the API answers with. */
export const OBJECT_TYPES = ['contacts', 'companies', 'deals'] as const;
export type ObjectType = (typeof OBJECT_TYPES)[number];

interface ObjectTypeFacts {
  readonly typeId: string;
  readonly singular: string;
  /** What the API returns when a caller asks for no property by name (README 7). */
  readonly defaultProperties: readonly string[];
  /** The modified date that search really filters on (README 13: contacts differ). */
  readonly modifiedProperty: string;
}

export const OBJECT_TYPE_FACTS: Readonly<Record<ObjectType, ObjectTypeFacts>> = {
  contacts: {
    typeId: '0-1',
    singular: 'contact',
    defaultProperties: [
      'createdate',
      'email',
      'firstname',
      'hs_object_id',
      'lastmodifieddate',
      'lastname',
    ],
    modifiedProperty: 'lastmodifieddate',
  },
  companies: {
    typeId: '0-2',
    singular: 'company',
    defaultProperties: ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name'],
    modifiedProperty: 'hs_lastmodifieddate',
  },
  deals: {
    typeId: '0-3',
    singular: 'deal',
    defaultProperties: [
      'amount',
      'closedate',
      'createdate',
      'dealname',
      'dealstage',
      'hs_lastmodifieddate',
      'hs_object_id',
      'pipeline',
    ],
    modifiedProperty: 'hs_lastmodifieddate',
  },
};

const BY_ALIAS: ReadonlyMap<string, ObjectType> = new Map(
  OBJECT_TYPES.flatMap((type) => {
    const { typeId, singular } = OBJECT_TYPE_FACTS[type];
    return [type, typeId, singular].map((alias) => [alias, type] as const);
  }),
);

/** `contacts`, `contact`, `0-1` (any case) → `contacts`; `undefined` for anything else (README 2). */
export function parseObjectType(alias: string): ObjectType | undefined {
  return BY_ALIAS.get(alias.toLowerCase());
}
