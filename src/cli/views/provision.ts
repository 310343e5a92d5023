import type { ProvisionReport, ProvisionStep } from '../../connector/provision.ts';
import { indent, table } from './table.ts';

const marks: Readonly<Record<ProvisionStep['outcome'], string>> = {
  created: '+',
  extended: '+',
  changed: '~',
  unchanged: '=',
  manual: '→',
  removed: '−',
  problem: '✗',
};

/** What `provision` made, found, took away and could not do. */
export function renderProvision({ steps }: ProvisionReport): string {
  const rows = steps.map(({ outcome, subject, name, message }) => [
    marks[outcome],
    subject,
    name,
    message,
  ]);
  const todos = [...todosOf(steps)].map(([todo, names]) => `→ ${names.join(', ')}: ${todo}`);
  const lines = table(rows, ['left', 'left', 'left', 'left']);
  return [lines, indent(todos.join('\n')), tally(steps)].filter((text) => text !== '').join('\n');
}

/** What to do, each once, with what it concerns. */
function todosOf(steps: readonly ProvisionStep[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const { name, todo } of steps)
    if (todo !== undefined) names.set(todo, [...(names.get(todo) ?? []), name]);
  return names;
}

function tally(steps: readonly ProvisionStep[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of steps) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts]
    .map(
      ([outcome, count]) => `${count} ${outcome === 'problem' && count > 1 ? 'problems' : outcome}`,
    )
    .join(', ');
}
