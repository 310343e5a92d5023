import type { Customer } from '../domain/customer.ts';
import {
  inTheCrm,
  isOverrideFamily,
  type KeptOverride,
  type Override,
  type OverrideFields,
} from '../domain/override.ts';
import { keyMeant } from '../policy/class-catalogue.ts';
import type { Policy } from '../policy/schema.ts';

/** What people decided of one customer. */
export type DecidedByHand = {
  /** The one that wins first. */
  readonly overrides: readonly Override[];
  /** The CRM's field holds a class that the policy does not have. */
  readonly isUnclear: boolean;
};

/** Nobody decided anything. */
export const undecided: DecidedByHand = { overrides: [], isUnclear: false };

/** A record as far as words about it go. */
export type RecordWords = {
  readonly attributes: Customer['attributes'];
  /** In force, lapsed or not. */
  readonly overrides: readonly KeptOverride[];
  /** The fields of its CRM that hold a class. */
  readonly fields: OverrideFields;
};

/**
 * The words on all records of a customer, in the order of trust: what was given to Assay, the newest
 * first, before what stands in a field of the CRM, that of the most trusted record first.
 */
export function decidedOf(records: readonly RecordWords[], policy: Policy): DecidedByHand {
  const kept = records.flatMap(({ overrides }) => overrides).toSorted(newestFirst);
  const read = records.flatMap((record) => fieldWords(record, policy));
  if (kept.length + read.length === 0) return undecided;
  return {
    overrides: [...kept.map(wordOf), ...read.flatMap(({ word }) => word ?? [])],
    isUnclear: read.some(({ word }) => word === null),
  };
}

/** Two of one moment: the later kept. */
function newestFirst(one: KeptOverride, other: KeptOverride): number {
  if (one.at !== other.at) return one.at < other.at ? 1 : -1;
  return other.position - one.position;
}

function wordOf({ family, class: key, why, by, until, source }: KeptOverride): Override {
  return { family, class: key, why, by, until, source };
}

type FieldWord = { readonly word: Override | null };

/** An empty field says nothing. */
function fieldWords({ attributes, fields }: RecordWords, policy: Policy): readonly FieldWord[] {
  const filled = new Map(Object.entries(attributes));
  return Object.entries(fields).flatMap(([family, attribute]): readonly FieldWord[] => {
    const text = (filled.get(attribute) ?? '').trim();
    if (text === '' || !isOverrideFamily(family)) return [];
    const key = keyMeant(policy, family, text);
    if (key === null) return [{ word: null }];
    const said = { family, class: key, why: attribute, by: inTheCrm, until: null };
    return [{ word: { ...said, source: 'crm' } }];
  });
}
