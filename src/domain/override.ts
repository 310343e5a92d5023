import { classFamilies, type FamilyKey, isFamilyKey } from './classes.ts';
import type { ConnectionId, RecordId } from './ids.ts';
import type { Instant, LocalDay } from './time.ts';

/** What a person may decide of a customer: a class family's class, or `value_tier`. */
export type OverrideFamily = FamilyKey | 'value_tier';

/** Every family that can be overridden, the tier first. */
export const overrideFamilies: readonly OverrideFamily[] = [
  'value_tier',
  ...Object.keys(classFamilies).filter(isFamilyKey),
];

export function isOverrideFamily(key: string): key is OverrideFamily {
  return key === 'value_tier' || isFamilyKey(key);
}

/** How it came to be known: typed, read from a file, or read from the CRM's field. */
export const overrideSources = ['cli', 'csv', 'crm'] as const;
export type OverrideSource = (typeof overrideSources)[number];

/** A person's word on one customer: it wins over what rules give, until it lapses. */
export type Override = {
  readonly family: OverrideFamily;
  /** Key of the class, as it was when the word was given. */
  readonly class: string;
  readonly why: string;
  /** Who said so. */
  readonly by: string;
  /** The last day on which it holds; `null` has no end. */
  readonly until: LocalDay | null;
  readonly source: OverrideSource;
};

/** An override as it is kept; what was replaced or cleared stays as history. */
export type KeptOverride = Override & {
  /** Grows with every one that is kept. */
  readonly position: number;
  readonly connection: ConnectionId;
  /** The record it was set on. */
  readonly customer: RecordId;
  /** The record that this one is now, where records were merged. */
  readonly now: RecordId;
  readonly at: Instant;
  /** `null` while it is in force. */
  readonly ended: OverrideEnd | null;
};

/** How an override ended before its time. */
export type OverrideEnd = {
  readonly how: 'cleared' | 'replaced';
  readonly at: Instant;
  readonly by: string;
  readonly why: string;
};

/** By family, the mapped attribute that holds the class which somebody gave in the CRM. */
export type OverrideFields = Readonly<Partial<Record<OverrideFamily, string>>>;

/** Who gave a class that is read from the CRM, as far as is known. */
export const inTheCrm = 'in the CRM';
