import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadPolicy } from '../../config/load-policy.ts';
import { policyJsonSchema } from '../../policy/json-schema.ts';
import { policyVersion } from '../../policy/version.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { usageInvalid } from '../usage-invalid.ts';

/** `assay policy`. */
export const policy: CommandBody = {
  takes: 'check [file] | schema',
  positionals: { least: 1, most: 2 },
  options: [
    { kind: 'text', name: 'out', value: 'file', help: 'Where `schema` goes; default stdout' },
  ],
  about: `\`check\` reads a scoring policy (default config/policy.yaml) and prints its version, or every
problem with its line. \`schema\` prints the JSON Schema that editors complete and check the file by;
config/policy.schema.json is that. Neither makes a call or needs a connection.`,
  examples: [
    { line: 'policy check config/policy-b2b.yaml', does: 'before it is used' },
    { line: 'policy schema --out config/policy.schema.json', does: 'after the format changed' },
  ],
  run: async (invocation) => {
    const [word, file] = invocation.flags.positionals;
    if (word === 'check') return check(invocation, file ?? 'config/policy.yaml');
    if (word === 'schema' && file === undefined) return schema(invocation);
    throw usageInvalid(
      `assay policy does not know what to do with "${[word, file].join(' ').trim()}"`,
      'Write `assay policy check <file>` or `assay policy schema`.',
    );
  },
};

function check({ screen, folder }: Invocation, file: string): ExitCode {
  const version = policyVersion(loadPolicy(resolve(folder, file), folder));
  screen.result({ file, version }, () => `${file} is in order: version ${version}`);
  return exitCodes.done;
}

function schema({ flags, screen, folder }: Invocation): ExitCode {
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
