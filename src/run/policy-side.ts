import { AssayError } from '../domain/assay-error.ts';
import { policyDigest } from '../policy/digest.ts';
import { keptPolicyText } from '../policy/kept-policy.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import type { Policy } from '../policy/schema.ts';
import { policyVersion } from '../policy/version.ts';
import type { PolicyText, ReleasedPolicy } from '../store/policy-store.ts';
import type { Store } from '../store/store.ts';

/** A policy that is looked at, compared or published: a draft's file, a release, or what scored. */
export type PolicySide = PolicyText & {
  /** What a person calls it. */
  readonly name: string;
  /** `null` where this version of Assay cannot read what an earlier one published. */
  readonly policy: Policy | null;
};

/** One that can be read. */
export type ReadableSide = PolicySide & { readonly policy: Policy };

type Kept = Pick<Store, 'policies' | 'scores'>;

/** @throws AssayError `POLICY_INVALID` with every problem's line. */
export function sideOfText(source: string, name: string): ReadableSide {
  const policy = parsePolicy(source, name);
  const version = policyVersion(policy);
  return { name, source, policy, content: policy, version, digest: policyDigest(policy) };
}

/** @throws AssayError `POLICY_UNKNOWN`. */
export async function sideOfRelease({ policies }: Kept, number: number): Promise<PolicySide> {
  const release = await policies.release(number);
  if (release === null) throw policyUnknown(`release ${number}`);
  return releaseSide(release);
}

function releaseSide({ number, version, digest, content, source }: ReleasedPolicy): PolicySide {
  const name = `release ${number} (${version})`;
  return { name, version, digest, content, source, policy: readable(source, name) };
}

function readable(source: string, name: string): Policy | null {
  try {
    return parsePolicy(source, name);
  } catch {
    return null;
  }
}

/** What a release is named by: its number, or its version. */
export function isReleaseName(name: string): boolean {
  return /^#?\d{1,6}$/.test(name) || /^[0-9a-f]{12}$/.test(name);
}

/**
 * By number (`3`, `#3`) or version: its newest release, or what scored under it from a file.
 * @throws AssayError `POLICY_UNKNOWN`.
 */
export async function sideNamed(store: Kept, name: string): Promise<PolicySide> {
  if (/^#?\d{1,6}$/.test(name)) return await sideOfRelease(store, Number(name.replace('#', '')));
  const found = (await store.policies.list()).find(({ version }) => version === name);
  if (found !== undefined) return await sideOfRelease(store, found.number);
  const kept = await sideThatScored(store, name);
  if (kept === null) throw policyUnknown(`version ${name}`);
  return kept;
}

/** A policy that scored from a file; it was kept without its text. `null`: not known, or not readable. */
export async function sideThatScored(
  { scores }: Kept,
  version: string,
): Promise<ReadableSide | null> {
  const kept = await scores.policy(version);
  const source = kept === null ? null : keptPolicyText(kept.content);
  return source === null ? null : sideOfText(source, `version ${version}`);
}

function policyUnknown(what: string): AssayError {
  return new AssayError(
    'POLICY_UNKNOWN',
    'refuse-to-start',
    `There is no policy called ${what}.`,
    '"assay policy list" shows the releases; a file that is not published is named by its path.',
  );
}
