import { AssayError } from '../domain/assay-error.ts';
import type { PolicyRelease } from '../domain/policy-release.ts';
import type { CatalogueKey } from '../policy/catalogue-changes.ts';
import type { Word } from '../store/policy-store.ts';
import type { Store } from '../store/store.ts';
import type { PolicyProposal } from './policy-proposal.ts';
import { type PolicySide, type ReadableSide, sideNamed, sideOfRelease } from './policy-side.ts';

/**
 * What may not be published at all, whoever approves it.
 * @throws AssayError `POLICY_UNCHANGED`, `POLICY_CLASSES_GONE`.
 */
export function refuseProposal(
  { draft, before, replaces, diff }: PolicyProposal,
  going: 'on' | 'back' = 'on',
): void {
  if (replaces !== null && before?.digest === draft.digest)
    throw new AssayError(
      'POLICY_UNCHANGED',
      'refuse-to-start',
      `${draft.name} says what is in force already, as release ${replaces}.`,
      'Nothing: comments and the order of lines are no change.',
    );
  if (going === 'back' || diff?.catalogue == null) return;
  const { vanished, reused } = diff.catalogue;
  if (vanished.length + reused.length > 0) throw classesGone(draft.name, vanished, reused);
}

/** Going back gives keys the meaning that they had, so there it is no fault. */
function classesGone(
  name: string,
  vanished: readonly CatalogueKey[],
  reused: readonly CatalogueKey[],
): AssayError {
  const [first] = vanished;
  const lines = [
    ...vanished.map((key) => `${shown(key)} is gone without a word on its customers`),
    ...reused.map((key) => `${shown(key)} was retired, and its key is used again`),
  ];
  const retire =
    first === undefined
      ? 'Give the class another key, and leave the line of `retired` as it was.'
      : `Say where its customers go: under \`retired:\` { family: ${first.family}, key: ${first.key}, to: <class, or rules> }.`;
  return new AssayError(
    'POLICY_CLASSES_GONE',
    'refuse-to-start',
    `${name} cannot be published: ${lines.join('; ')}.`,
    retire,
  );
}

function shown({ family, key }: CatalogueKey): string {
  return `${family} \`${key}\``;
}

/**
 * Puts a draft in force. Nothing is written to any CRM: the next run does that, under its mode and
 * its brake.
 * @throws AssayError `POLICY_NOT_APPROVED`, `POLICY_MOVED_ON`, `POLICY_RETIRED`, and as `refuseProposal`.
 */
export async function publishPolicy(
  { policies, flush }: Pick<Store, 'policies' | 'flush'>,
  proposal: PolicyProposal,
  { approve, going, ...word }: Word & { readonly approve: string; readonly going?: 'on' | 'back' },
): Promise<PolicyRelease> {
  refuseProposal(proposal, going);
  if (approve !== proposal.approve) throw notApproved(approve);
  const { version, digest, content, source } = proposal.draft;
  const release = await policies.publish({
    ...{ version, digest, content, source, ...word },
    ...{ replaces: proposal.replaces, approved: approve, before: proposal.unpublished ?? null },
  });
  await flush();
  return release;
}

function notApproved(given: string): AssayError {
  return new AssayError(
    'POLICY_NOT_APPROVED',
    'ask',
    `${given} approves another change: the draft, or what is in force, is not what was looked at.`,
    'Look again with "assay policy simulate" or "assay policy diff" and give the digest that it prints.',
  );
}

/**
 * The earlier release to go back to: as named, or the one before what is in force.
 * @throws AssayError `POLICY_UNKNOWN`, `POLICY_NO_EARLIER`, `POLICY_UNREADABLE`.
 */
export async function earlierSide(
  store: Pick<Store, 'policies' | 'scores'>,
  name: string | undefined,
): Promise<ReadableSide> {
  const side =
    name === undefined
      ? await sideOfRelease(store, await releaseBefore(store))
      : await sideNamed(store, name);
  await refuseNeverInForce(store, side);
  if (side.policy !== null) return { ...side, policy: side.policy };
  throw new AssayError(
    'POLICY_UNREADABLE',
    'refuse-to-start',
    `This version of Assay cannot read ${side.name}.`,
    'Take its text with "assay policy show", correct it as "assay policy check" tells, and publish it.',
  );
}

/** A challenger that was never published was never approved either. */
async function refuseNeverInForce(
  { policies }: Pick<Store, 'policies'>,
  { digest, name }: PolicySide,
): Promise<void> {
  const same = (await policies.list()).filter((release) => release.digest === digest);
  const isShadow = same.some(({ status }) => status === 'challenger' || status === 'ended');
  if (!isShadow || same.some(({ status }) => status === 'replaced' || status === 'published'))
    return;
  throw new AssayError(
    'POLICY_NO_EARLIER',
    'refuse-to-start',
    `${name} was in shadow and never in force.`,
    'Take its text with "assay policy show" and publish it with "assay policy publish".',
  );
}

async function releaseBefore({ policies }: Pick<Store, 'policies'>): Promise<number> {
  const list = await policies.list();
  const before = list.find(({ status }) => status === 'published')?.replaces ?? null;
  if (before !== null) return before;
  throw new AssayError(
    'POLICY_NO_EARLIER',
    'refuse-to-start',
    'No policy was in force before the present one.',
    '"assay policy list" shows the releases; --to takes a number or a version.',
  );
}
