import { AssayError } from '../domain/assay-error.ts';
import { type PlacedProblem, parseYamlLines } from '../lib/yaml-lines.ts';
import { renderProblems, yamlProblems } from '../lib/yaml-problems.ts';
import { crossProblems } from './cross-problems.ts';
import { policyKeys } from './json-schema.ts';
import { type Policy, policySchema } from './schema.ts';

/**
 * Reads the text of `config/policy.yaml`; `fileName` is for the message.
 * @throws AssayError `POLICY_INVALID` with the line and column of every problem.
 */
export function parsePolicy(text: string, fileName: string): Policy {
  const parsed = parseYamlLines(text);
  if (parsed.status === 'broken') throw policyInvalid(fileName, parsed.problems);
  const { yaml } = parsed;
  const checked = policySchema.safeParse(yaml.value);
  const between = crossProblems(yaml.value);
  if (checked.success && between.length === 0) return checked.data;
  const issues = [...(checked.error?.issues ?? []), ...between];
  throw policyInvalid(fileName, yamlProblems(issues, yaml, policyKeys()));
}

function policyInvalid(fileName: string, problems: readonly PlacedProblem[]): AssayError {
  const one = problems.length === 1;
  return new AssayError(
    'POLICY_INVALID',
    'refuse-to-start',
    `${fileName} has ${one ? 'a problem' : `${problems.length} problems`}:\n${renderProblems(fileName, problems)}`,
    `Correct ${one ? 'this line' : 'these lines'} and start again; nothing was scored or written.`,
  );
}
