import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadPolicy } from '../../config/load-policy.ts';
import { policyJsonSchema } from '../../policy/json-schema.ts';
import { policyVersion } from '../../policy/version.ts';
import type { CommandBody, Invocation, Needs } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { configOptions } from '../option.ts';
import { compare } from '../policy/compare.ts';
import { diffPolicies } from '../policy/diff.ts';
import { listReleases } from '../policy/list.ts';
import { back, publish, retire } from '../policy/publish.ts';
import { shadow } from '../policy/shadow.ts';
import { showPolicy } from '../policy/show.ts';
import { simulate, simulateOptions } from '../policy/simulate.ts';
import { usageInvalid } from '../usage-invalid.ts';

/** `assay policy`. */
export const policy: CommandBody = {
  takes:
    'check | schema | list | show | diff | simulate | shadow | compare | publish | back | retire',
  positionals: { least: 1, most: 3 },
  needs: needsOf,
  options: [
    { kind: 'text', name: 'why', value: 'text', help: 'Your reason, for the log' },
    {
      kind: 'text',
      name: 'approve',
      value: 'digest',
      help: 'What `simulate` or a first `publish` printed: this very change, and no other',
    },
    {
      kind: 'text',
      name: 'to',
      value: 'release',
      help: 'Number or version to go `back` to; default the one before',
    },
    { kind: 'flag', name: 'end', help: '`shadow`: end it, and forget what the challenger gave' },
    ...simulateOptions,
    { kind: 'text', name: 'out', value: 'file', help: 'Where `schema` goes; default stdout' },
    ...configOptions,
  ],
  about: `How customers are scored, and how that is changed (docs/policy.md).
  check [file]          reads a policy (default config/policy.yaml): its version, or every problem
  diff [a] [b]          what differs: in force against the file, against a, or a against b
  simulate <file>       who would move on the present base, what would be written, and whether it
                        tells more of the future; makes no call but the look at the account, writes nothing
  shadow <file> --why   makes a draft the challenger: the next full scoring scores by it as well, never
                        writes of it; --end --why ends that, and so does publishing it
  compare               the challenger and what is in force, on what customers did since
  publish <file> --why  shows the change and its digest; with --approve <digest> puts it in force
  list, show [release]  what was published, by whom and why; the YAML to the letter
  back --why            publishes the release before again, or that of --to
  retire <release> --why  never to be published again
  schema                the JSON Schema that editors complete and check the file by
A release is named by its number or version. Until one is published the file is in force; then the
file is a draft. Publishing writes nothing to a CRM: the next run does, under its mode and brake.`,
  examples: [
    { line: 'policy check config/policy-b2b.yaml', does: 'before it is used' },
    { line: 'policy simulate config/policy.yaml --html change.html', does: 'to send round' },
    {
      line: 'policy publish config/policy.yaml --why "gold from 5 %" --approve 3f0c…',
      does: 'what was looked at, and nothing else',
    },
    { line: 'policy back --why "too many fell"', does: 'the standard before, again' },
  ],
  run: async (invocation) => {
    const [word = '', ...names] = invocation.flags.positionals;
    const [name] = names;
    const found = words.get(word);
    if (found === undefined || names.length < found.least || names.length > found.most)
      throw notUnderstood(invocation.flags.positionals);
    return await found.run(invocation, name, names);
  },
};

type Word = {
  readonly least: number;
  readonly most: number;
  readonly needs: Needs;
  readonly run: (
    invocation: Invocation,
    name: string | undefined,
    names: readonly string[],
  ) => Promise<ExitCode>;
};

const words: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['check', { least: 0, most: 1, needs: 'none', run: check }],
  ['schema', { least: 0, most: 0, needs: 'none', run: schema }],
  ['list', { least: 0, most: 0, needs: 'viewer', run: listReleases }],
  ['show', { least: 0, most: 1, needs: 'viewer', run: showPolicy }],
  [
    'diff',
    { least: 0, most: 2, needs: 'viewer', run: (asked, _, names) => diffPolicies(asked, names) },
  ],
  [
    'simulate',
    { least: 1, most: 1, needs: 'viewer', run: (asked, file = '') => simulate(asked, file) },
  ],
  [
    'publish',
    { least: 1, most: 1, needs: 'admin', run: (asked, file = '') => publish(asked, file) },
  ],
  ['back', { least: 0, most: 0, needs: 'admin', run: back }],
  ['shadow', { least: 0, most: 1, needs: 'admin', run: shadow }],
  ['compare', { least: 0, most: 0, needs: 'viewer', run: compare }],
  ['retire', { least: 1, most: 1, needs: 'admin', run: (asked, name = '') => retire(asked, name) }],
]);

function needsOf([word = '']: readonly string[]): Needs {
  return words.get(word)?.needs ?? 'none';
}

function notUnderstood(typed: readonly string[]) {
  return usageInvalid(
    `assay policy does not know what to do with "${typed.join(' ')}"`,
    'Write for example `assay policy check <file>` or `assay policy schema`; `assay policy --help` shows all.',
  );
}

async function check({ screen, folder }: Invocation, file = 'config/policy.yaml') {
  const version = policyVersion(loadPolicy(resolve(folder, file), folder));
  screen.result({ file, version }, () => `${file} is in order: version ${version}`);
  return exitCodes.done;
}

async function schema({ flags, screen, folder }: Invocation): Promise<ExitCode> {
  const document = policyJsonSchema();
  const text = JSON.stringify(document, null, 2);
  const out = flags.text('out');
  if (out === undefined) {
    screen.result(document, () => text);
    return exitCodes.done;
  }
  writeFileSync(resolve(folder, out), `${text}\n`);
  screen.result({ file: out }, () => `Written to ${out}`);
  return exitCodes.done;
}
