import type { z } from 'zod';
import { AssayError } from '../domain/assay-error.ts';
import { type Written, writtenAt } from '../lib/written-at.ts';
import { inOrder } from '../lib/yaml-lines.ts';
import { renderProblems } from '../lib/yaml-problems.ts';

type Issue = z.core.$ZodIssue;

/**
 * A connection's `settings` block.
 * @throws AssayError `SETTINGS_INVALID` (refuse to start) naming every problem at once, with the line
 * of each where the settings come from a file.
 */
export function parseSettings<T>(schema: z.ZodType<T>, settings: unknown, crm: string): T {
  const parsed = schema.safeParse(settings ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const at = writtenAt(settings);
  const told = at === null ? ` ${issues.map(sentence).join('; ')}` : `\n${withLines(issues, at)}`;
  throw new AssayError(
    'SETTINGS_INVALID',
    'refuse-to-start',
    `Settings of the ${crm} connection:${told}`,
    `Correct them in ${at?.file ?? 'config/assay.yaml'}; connectors/${crm}/BEHAVIOR.md describes each.`,
  );
}

function withLines(issues: readonly Issue[], { file, placeOf }: Written): string {
  const placed = issues.map((issue) => {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    const isKey = unknown.length > 0 || issue.code === 'invalid_key';
    const place = placeOf([...issue.path, ...unknown], isKey ? 'key' : 'value');
    return { ...place, message: sentence(issue) };
  });
  return renderProblems(file, inOrder(placed));
}

function sentence(issue: Issue): string {
  return `settings${issue.path.map((key) => `.${String(key)}`).join('')}: ${saidOf(issue)}`;
}

/** What is wrong with a key stands inside its issue, and what is absent is best called that. */
function saidOf(issue: Issue): string {
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => message).join('; ');
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing';
  return issue.message;
}
