import { type PolicyDiff, policyDiff } from '../policy/diff/policy-diff.ts';
import { changeDigest } from '../policy/digest.ts';
import type { Publication } from '../store/policy-store.ts';
import type { Store } from '../store/store.ts';
import {
  type PolicySide,
  type ReadableSide,
  sideOfRelease,
  sideThatScored,
} from './policy-side.ts';

/** A draft against what is in force: what a person looks at before it is published. */
export type PolicyProposal = {
  readonly draft: ReadableSide;
  /** In force until then; `null`: nothing is published, nothing scored, and no file can be read. */
  readonly before: PolicySide | null;
  /** Number of the release in force; `null`: none. */
  readonly replaces: number | null;
  /** `null` where there is nothing to compare with. */
  readonly diff: PolicyDiff | null;
  /** Stands for this very change: publishing asks for it. */
  readonly approve: string;
  /** What scored until now and was never published. */
  readonly unpublished: Publication['before'];
};

/** @param file what is in force while nothing is published; `null`: it cannot be read */
export async function proposalOf(
  store: Pick<Store, 'policies' | 'scores'>,
  draft: ReadableSide,
  file: () => PolicySide | null,
): Promise<PolicyProposal> {
  const head = await store.policies.inForce();
  if (head !== null) {
    const before = await sideOfRelease(store, head.number);
    return proposal(draft, { before, replaces: head.number, unpublished: null });
  }
  const version = await store.policies.versionOfScores();
  const scored = version === null ? null : await sideThatScored(store, version);
  const kept = scored === null ? null : await store.scores.policy(scored.version);
  const unpublished =
    scored === null || kept === null || scored.digest === draft.digest
      ? null
      : { ...scored, at: kept.firstUsedAt, by: 'file', why: 'in force from the file until then' };
  return proposal(draft, { before: scored ?? file(), replaces: null, unpublished });
}

function proposal(
  draft: ReadableSide,
  found: Pick<PolicyProposal, 'before' | 'replaces' | 'unpublished'>,
): PolicyProposal {
  const { before } = found;
  return {
    ...{ draft, ...found },
    diff: before === null ? null : policyDiff(before, draft),
    approve: changeDigest(before?.digest ?? null, draft.digest),
  };
}
