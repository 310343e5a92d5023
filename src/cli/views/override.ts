import type { LocalDay } from '../../domain/time.ts';
import type { ImportReport } from '../../run/import-overrides.ts';
import type { ListedOverride, OverrideListing } from '../../run/list-overrides.ts';
import { customerText, type SetReport } from '../../run/overrides.ts';
import { count, counted } from './figures.ts';
import { indent, table } from './table.ts';

/** Rows that a person is shown. */
const SHOWN = 200;
const SHOWN_PROBLEMS = 100;

/** What `override set` did. */
export function renderSet(report: SetReport): string {
  const { customer, family, class: key, until, why, by, effect } = report;
  const what = `${customerText(customer)}: ${family} = ${key}, ${endText(until)} (${by}: ${why})`;
  if (effect.set === 0) return `${what}\nIt was so already; nothing was changed.`;
  return [
    what,
    ...effect.replaced.map(
      (one) => `In place of ${one.class}, ${endText(one.until)} (${one.by}: ${one.why})`,
    ),
    'The next run writes it; with `assay serve` or a worker on a server, within seconds.',
  ].join('\n');
}

function endText(until: LocalDay | null): string {
  return until === null ? 'without end' : `until ${until}, that day included`;
}

/** What `override clear` did. */
export function renderCleared({
  customer,
  family,
}: Pick<SetReport, 'customer' | 'family'>): string {
  return `${customerText(customer)}: ${family} is the rules’ again.`;
}

/** What `override import` did, or found. */
export function renderImported({ rows, problems, lapsed, effect }: ImportReport): string {
  if (problems.length > 0) return renderProblems(rows, problems);
  const over = lapsed === 0 ? '' : `, ${count(lapsed)} of them over already`;
  const read = `${counted(rows, 'row')}${over}`;
  if (effect === null) return `${read}: all can be carried out. Nothing was changed.`;
  const replaced = effect.replaced.length;
  const others = replaced === 0 ? '' : ` (${count(replaced)} in place of another)`;
  return `${read}: ${count(effect.set)} set${others}, ${count(effect.unchanged)} as before.`;
}

function renderProblems(rows: number, problems: ImportReport['problems']): string {
  const shown = problems
    .slice(0, SHOWN_PROBLEMS)
    .map(({ line, message }) => `line ${line}: ${message}`);
  const more = problems.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [`and ${count(more)} more: see --json`] : []),
    `${counted(problems.length, 'problem')} in ${counted(rows, 'row')}; nothing was changed.`,
  ].join('\n');
}

/** `assay override list`. */
export function renderOverrides(listing: OverrideListing, lapsed: boolean): string {
  const { asOf, overrides, unknown } = listing;
  const what = lapsed ? `lapsed before ${asOf}` : `in force on ${asOf}`;
  const shown = overrides.slice(0, SHOWN);
  const more = overrides.length - shown.length;
  return [
    `${counted(overrides.length, 'decision')} by hand ${what}`,
    ...(shown.length === 0 ? [] : [indent(table(shown.map(row), shown[0] ? alignment : []))]),
    ...(more > 0 ? [indent(`and ${count(more)} more: see --json`)] : []),
    ...unknown.map(
      ({ customer, field, value }) =>
        `! ${customer}: ${field} holds “${value}” in the CRM, which is no class of the policy`,
    ),
  ].join('\n');
}

const alignment = ['left', 'left', 'left', 'left', 'left'] as const;

function row(one: ListedOverride): readonly string[] {
  const { customer: id, externalId, name, family, class: key, countsAs, until, why, by } = one;
  const end = until === null ? 'no end' : `until ${until}`;
  const now = countsAs === null || countsAs === key ? '' : ` → ${countsAs}`;
  return [
    customerText({ id, externalId, name }),
    `${family} = ${key}${now}`,
    `${end}${notes[one.state]}`,
    by,
    why,
  ];
}

const notes: Readonly<Record<ListedOverride['state'], string>> = {
  ...{ holds: '', lapsed: '', outweighed: ' (another one counts)' },
  void: ' (the policy has no such class any more: the rules count)',
};
