import type { PolicyRelease } from '../domain/policy-release.ts';
import type { Word } from '../store/policy-store.ts';
import type { Store } from '../store/store.ts';
import type { PolicyProposal } from './policy-proposal.ts';
import { refuseProposal } from './publish-policy.ts';

/**
 * Puts a draft in shadow: the next full scoring of each connection scores by it as well, and nothing
 * is ever written of that.
 * @throws AssayError as `refuseProposal`; `POLICY_CHALLENGED`, `POLICY_RETIRED`.
 */
export async function beginShadow(
  { shadows, flush }: Pick<Store, 'shadows' | 'flush'>,
  proposal: PolicyProposal,
  word: Word,
): Promise<PolicyRelease> {
  refuseProposal(proposal);
  const { version, digest, content, source } = proposal.draft;
  const release = await shadows.begin({ version, digest, content, source, ...word });
  await flush();
  return release;
}

/** @throws AssayError `POLICY_UNCHALLENGED`. */
export async function endShadow(
  { shadows, flush }: Pick<Store, 'shadows' | 'flush'>,
  word: Word,
): Promise<PolicyRelease> {
  const release = await shadows.end(word);
  await flush();
  return release;
}
