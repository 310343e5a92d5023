import { openHolds, type Plan } from '../../domain/plan.ts';
import { count, counted } from './figures.ts';
import { table } from './table.ts';

/** Plans, one a line, with who decided. */
export function renderPlanList(plans: readonly Plan[]): string {
  if (plans.length === 0)
    return 'There is no plan, or none with that status: `assay plan` and `assay run` make them.';
  const head = ['plan', 'connection', 'made', 'kind', 'status', 'changes', 'word'];
  const aligns = ['left', 'left', 'left', 'left', 'left', 'right', 'left'] as const;
  const waiting = plans.filter(({ status }) => status === 'held').length;
  const tail =
    waiting === 0
      ? ''
      : `\n\n${counted(waiting, 'plan')} to be decided: \`assay plans <plan>\` says on what`;
  return `${table([head, ...plans.map(row)], aligns)}${tail}`;
}

function row(plan: Plan): readonly string[] {
  const { id, connection, createdAt, kind, status, summary } = plan;
  const made = createdAt.slice(0, 16).replace('T', ' ');
  return [id, connection, made, kind, status, count(summary.changes), wordOf(plan)];
}

function wordOf(plan: Plan): string {
  const { status, decision } = plan;
  if (status === 'held')
    return `waits: ${openHolds(plan)
      .map(({ by }) => by)
      .join(', ')}`;
  if (decision === null) return '';
  return `${decision.decided} by ${decision.by}`;
}
