import { changePriorities } from '../../domain/change.ts';
import type { ConnectionId } from '../../domain/ids.ts';
import type { ListSummary, PlanCost, PlanSummary } from '../../domain/plan.ts';
import { count, counted, share } from './figures.ts';
import { indent, table } from './table.ts';
import { renderTierMoves } from './tier-moves.ts';

/** What the view needs besides the summary. */
export type PlanView = {
  readonly id: string;
  readonly connection: ConnectionId;
  readonly asOf: string;
  readonly summary: PlanSummary;
  /** Home currency; `null` when not known. */
  readonly currency: string | null;
  /** Tier keys, highest first. */
  readonly tiers: readonly string[];
};

/** A plan for a person who decides whether it may be written. */
export function renderPlan({ id, connection, asOf, summary, currency, tiers }: PlanView): string {
  const head = `Plan ${id} of ${connection}, as of ${asOf}: ${count(summary.changes)} of ${counted(summary.customers, 'customer')} compared change`;
  const sections = [
    renderTierMoves(summary.tierMoves, { currency, tiers }),
    section('Changes by priority', priorities(summary)),
    section('Lists', lists(summary.lists)),
    cost(summary.cost),
    summary.warnings.map((warning) => `! ${warning}`).join('\n'),
  ];
  return [head, ...sections.filter((text) => text !== '')].join('\n\n');
}

function section(title: string, body: string): string {
  return body === '' ? '' : `${title}\n${indent(body)}`;
}

function priorities({ changesByPriority }: PlanSummary): string {
  const rows = changePriorities
    .map((priority) => [priority, changesByPriority[priority] ?? 0] as const)
    .filter(([, changes]) => changes > 0)
    .map(([priority, changes]) => [priority, count(changes)]);
  return table(rows, ['left', 'right']);
}

function lists(summaries: readonly ListSummary[]): string {
  const rows = summaries.map(({ name, members, add, remove }) => [
    name,
    `+${count(add)}`,
    `−${count(remove)}`,
    `${count(members)} now`,
  ]);
  return table(rows, ['left', 'right', 'right', 'right']);
}

function cost({ calls, spends, unit, quotaShare, days, route }: PlanCost): string {
  if (calls === 0) return 'Writing it costs no call';
  const units = unit === 'calls' ? '' : ` and ${count(spends)} ${unit}`;
  const quota =
    quotaShare === null ? '' : `, ${share(quotaShare)} of the account’s ${unit} of the day`;
  const lasts =
    days === null ? '' : `; at our share of it about ${counted(days, 'day')}, each run going on`;
  const way = route === null ? '' : `\n${route}`;
  return `Writing it costs ${counted(calls, 'call')}${units}${quota}${lasts}${way}`;
}
