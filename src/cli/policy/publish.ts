import type { App } from '../../app.ts';
import type { PolicyRelease } from '../../domain/policy-release.ts';
import { type PolicyProposal, proposalOf } from '../../run/policy-proposal.ts';
import type { ReadableSide } from '../../run/policy-side.ts';
import { earlierSide, publishPolicy, refuseProposal } from '../../run/publish-policy.ts';
import type { Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { diffDocument, diffSections } from '../views/policy-diff.ts';
import { readConfig, withApp } from '../with-app.ts';
import { ownFileIfReadable, sideOfFile } from './side-asked.ts';

/**
 * `assay policy publish`. Without `--approve` it shows what would change and the digest that stands
 * for it, publishes nothing, and ends as whatever waits for a person's word.
 */
export async function publish(invocation: Invocation, file: string): Promise<ExitCode> {
  const why = whyOf(invocation, 'publish');
  const draft = sideOfFile(file, invocation.folder);
  const approve = invocation.flags.text('approve');
  return await proposed(invocation, async (app) => await proposal(app, draft, invocation), {
    act: async (app, asked) => {
      if (approve !== undefined) return await released(app, asked, { approve, why, going: 'on' });
      refuseProposal(asked);
      return null;
    },
  });
}

/** `assay policy back`: what was approved once needs no second look. */
export async function back(invocation: Invocation): Promise<ExitCode> {
  const why = whyOf(invocation, 'back');
  const find = async (app: App) => {
    const draft = await earlierSide(app.store, invocation.flags.text('to'));
    return await proposal(app, draft, invocation);
  };
  return await proposed(invocation, find, {
    act: async (app, asked) =>
      await released(app, asked, { approve: asked.approve, why, going: 'back' }),
  });
}

/** `assay policy retire`. */
export async function retire(invocation: Invocation, name: string): Promise<ExitCode> {
  const why = whyOf(invocation, 'retire');
  const { version, releases } = await withApp(
    readConfig(invocation),
    invocation,
    async ({ store, actor }) => {
      const { version } = await earlierVersion(store, name);
      const releases = await store.policies.retire(version, { why, by: actor.name, at: now() });
      await store.flush();
      return { version, releases };
    },
    'no policy',
  );
  const text = `Policy ${version} is retired: it is never published again.`;
  invocation.screen.result({ retired: { version, releases } }, () => text);
  return exitCodes.done;
}

async function earlierVersion(store: App['store'], name: string) {
  const list = await store.policies.list();
  const found = list.find(
    (one) => name.replace('#', '') === String(one.number) || name === one.version,
  );
  if (found !== undefined) return found;
  throw usageInvalid(
    `There is no release called "${name}"`,
    '"assay policy list" shows them; a file that was never published needs no retiring.',
  );
}

/** A draft against what is in force, or against the file. */
export async function proposal(app: App, draft: ReadableSide, invocation: Invocation) {
  return await proposalOf(app.store, draft, () => ownFileIfReadable(app, invocation));
}

async function released(
  { store, actor }: App,
  asked: PolicyProposal,
  word: { readonly approve: string; readonly why: string; readonly going: 'on' | 'back' },
): Promise<PolicyRelease> {
  return await publishPolicy(store, asked, { ...word, by: actor.name, at: now() });
}

type Acting = {
  /** `null`: nothing was published, a person's word is wanted. */
  readonly act: (app: App, asked: PolicyProposal) => Promise<PolicyRelease | null>;
};

async function proposed(
  invocation: Invocation,
  find: (app: App) => Promise<PolicyProposal>,
  { act }: Acting,
): Promise<ExitCode> {
  const { asked, release } = await withApp(
    readConfig(invocation),
    invocation,
    async (app) => {
      const asked = await find(app);
      return { asked, release: await act(app, asked) };
    },
    'no policy',
  );
  const { before, draft, diff, approve } = asked;
  const shown = before === null || diff === null ? null : diffDocument(before, draft, diff);
  invocation.screen.result({ published: release, approve, diff: shown }, () =>
    release === null ? renderAsked(asked) : renderReleased(release),
  );
  return release === null ? exitCodes.refused : exitCodes.done;
}

function renderAsked({ before, draft, diff, approve }: PolicyProposal): string {
  const head = `${before === null ? 'Nothing is in force' : before.name} → ${draft.name}`;
  const sections = diff === null ? [] : diffSections(diff);
  const todo = `Nothing is published yet. To publish exactly this, add --approve ${approve}
"assay policy simulate ${draft.name}" shows first who would move.`;
  return [head, ...(sections.length === 0 ? ['Nothing differs.'] : sections), todo].join('\n\n');
}

function renderReleased({ number, version }: PolicyRelease): string {
  return `Release ${number}, version ${version}, is in force.
Nothing was written to a CRM: the next run does, under its mode and its brake. After new fields, lists or classes run "assay provision".`;
}

/** @throws AssayError `USAGE_INVALID` without a reason. */
export function whyOf({ flags }: Invocation, word: string): string {
  const why = flags.text('why')?.trim() ?? '';
  if (why !== '') return why;
  throw usageInvalid(
    `assay policy ${word} needs --why`,
    'Write --why "…": it is kept with the release and in the log, with your name.',
  );
}

function now(): string {
  return new Date().toISOString();
}
