import { AssayError } from '../domain/assay-error.ts';
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
  if (proposal.before?.digest === proposal.draft.digest) throw unchanged(proposal);
  const { version, digest, content, source } = proposal.draft;
  const release = await shadows.begin({ version, digest, content, source, ...word });
  await flush();
  return release;
}

function unchanged({ draft }: PolicyProposal): AssayError {
  return new AssayError(
    'POLICY_UNCHANGED',
    'refuse-to-start',
    `${draft.name} says what is in force already: there would be nothing to compare.`,
    'Nothing, or look whether it is the file you meant: "assay policy diff <file>".',
  );
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
