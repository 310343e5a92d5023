import { type CatalogueChanges, catalogueChanges } from '../catalogue-changes.ts';
import type { Policy } from '../schema.ts';
import { type PolicyChange, policyChanges } from './policy-changes.ts';

/** A policy as it is compared: `policy` is `null` where this version of Assay cannot read it. */
export type ComparedPolicy = { readonly content: object; readonly policy: Policy | null };

/** One policy against another. */
export type PolicyDiff = {
  /** Whether new cut points are found, and whether everybody is scored anew. */
  readonly findsCutPoints: boolean;
  readonly scoresEverybody: boolean;
  /** In the order of the file. */
  readonly changes: readonly PolicyChange[];
  /** `null` where one of the two cannot be read. */
  readonly catalogue: CatalogueChanges | null;
};

export function policyDiff(before: ComparedPolicy, after: ComparedPolicy): PolicyDiff {
  const changes = policyChanges(before.content, after.content);
  const isKnown = before.policy !== null && after.policy !== null;
  return {
    findsCutPoints: changes.some(({ effect }) => effect === 'cuts'),
    scoresEverybody: changes.some(({ effect }) => effect !== 'looks'),
    changes,
    catalogue: isKnown ? catalogueChanges(before.policy, after.policy) : null,
  };
}
