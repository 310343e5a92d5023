/** The data types this sandbox knows, by Zoho's names. */
export const dataTypes = [
  ...['text', 'textarea', 'email', 'phone', 'website', 'picklist', 'multiselectpicklist'],
  ...['boolean', 'integer', 'bigint', 'double', 'currency', 'percent', 'date', 'datetime'],
  ...['lookup', 'ownerlookup', 'userlookup', 'profileimage', 'autonumber', 'formula'],
] as const;
export type DataType =
  | ('text' | 'textarea' | 'email' | 'phone' | 'website' | 'picklist' | 'multiselectpicklist')
  | ('boolean' | 'integer' | 'bigint' | 'double' | 'currency' | 'percent' | 'date' | 'datetime')
  | ('lookup' | 'ownerlookup' | 'userlookup' | 'profileimage' | 'autonumber' | 'formula');

export interface PickListValue {
  readonly id: string;
  /** Stored, and sent by the API. */
  readonly actualValue: string;
  /** What people see; they may rename it. */
  readonly displayValue: string;
}

/** One field of one module. */
export interface FieldDefinition {
  readonly id: string;
  /** Made of the label at creation; an admin may rename it (facts §6). */
  readonly apiName: string;
  readonly label: string;
  readonly dataType: DataType;
  /** Characters a text may have. */
  readonly length: number;
  readonly isCustom: boolean;
  readonly isReadOnly: boolean;
  readonly isMandatory: boolean;
  readonly isUnique: boolean;
  /** Hidden from the profile of the token's user: left out of metadata and records alike. */
  readonly isHidden: boolean;
  readonly pickList: readonly PickListValue[];
  /** Of a lookup: the module it leads to. */
  readonly lookup: string | null;
}
