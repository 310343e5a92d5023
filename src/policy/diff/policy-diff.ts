import { type CatalogueChanges, catalogueChanges } from '../catalogue-changes.ts';
import type { Policy } from '../schema.ts';
import { cutsVersion, policyVersion } from '../version.ts';
import { type PolicyChange, policyChanges } from './policy-changes.ts';

/** One policy against another. */
export type PolicyDiff = {
  readonly from: string;
  readonly to: string;
  /** Whether new cut points are found, and whether everybody is scored anew. */
  readonly findsCutPoints: boolean;
  readonly scoresEverybody: boolean;
  readonly changes: readonly PolicyChange[];
  readonly catalogue: CatalogueChanges;
};

export function policyDiff(before: Policy, after: Policy): PolicyDiff {
  return {
    from: policyVersion(before),
    to: policyVersion(after),
    findsCutPoints: cutsVersion(before) !== cutsVersion(after),
    scoresEverybody: policyVersion(before) !== policyVersion(after),
    changes: policyChanges(before, after),
    catalogue: catalogueChanges(before, after),
  };
}
