import { AssayError } from '../domain/assay-error.ts';
import { policyDigest } from '../policy/digest.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import type { Policy } from '../policy/schema.ts';
import type { Store } from '../store/store.ts';

/**
 * Where the policy that scores is from. Until a policy is published it is the file; then it is the release, and the file
 * is a draft: `same` says what is in force already, `differs` something else, `unreadable` is broken
 * or gone.
 */
export type PolicyFrom =
  | { readonly kind: 'file' }
  | {
      readonly kind: 'release';
      /** Of the release. */
      readonly number: number;
      readonly draft: 'same' | 'differs' | 'unreadable';
    };

export type InForce = PolicyFrom & { readonly policy: Policy };

/** The policy in force, looked up anew each time: what another process publishes is followed. */
export type Standard = {
  /**
   * One row is read; the policy itself only when another is in force than before.
   * @throws AssayError `POLICY_UNREADABLE`; without a release whatever reading the file throws.
   */
  readonly inForce: () => Promise<InForce>;
  /** Whether another policy is in force than `policy`. */
  readonly hasMovedOn: (policy: Policy) => Promise<boolean>;
};

/** @param draft reads the file; asked at most once */
export function standardOf(store: Pick<Store, 'policies'>, draft: () => Policy): Standard {
  const file = once(draft);
  let known: { readonly number: number; readonly policy: Policy } | null = null;
  const inForce = async (): Promise<InForce> => {
    const head = await store.policies.inForce();
    if (head === null) return { kind: 'file', policy: file() };
    if (known?.number !== head.number)
      known = { number: head.number, policy: await readRelease(store, head.number) };
    return { kind: 'release', ...known, draft: draftState(file, known.policy) };
  };
  return {
    inForce,
    hasMovedOn: async (policy) => {
      const head = await store.policies.inForce();
      return head !== null && head.digest !== policyDigest(policy);
    },
  };
}

function once(read: () => Policy): () => Policy {
  let policy: Policy | null = null;
  return () => {
    policy ??= read();
    return policy;
  };
}

function draftState(file: () => Policy, inForce: Policy): 'same' | 'differs' | 'unreadable' {
  try {
    return policyDigest(file()) === policyDigest(inForce) ? 'same' : 'differs';
  } catch (error) {
    if (error instanceof AssayError) return 'unreadable';
    throw error;
  }
}

async function readRelease({ policies }: Pick<Store, 'policies'>, number: number): Promise<Policy> {
  const release = await policies.release(number);
  if (release === null) throw unreadable(number, new Error('it is not there any more'));
  try {
    return parsePolicy(release.source, `release ${number}`);
  } catch (error) {
    throw unreadable(number, error);
  }
}

/** Published by a version of Assay that read policies otherwise. */
function unreadable(number: number, cause: unknown): AssayError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AssayError(
    'POLICY_UNREADABLE',
    'refuse-to-start',
    `The policy in force, release ${number}, cannot be read by this version of Assay: ${why}`,
    'Take its text with "assay policy show", correct it as told, and publish it.',
    { cause },
  );
}
