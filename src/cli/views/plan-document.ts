import { openHolds } from '../../domain/plan.ts';
import { approveLine, isPreview } from '../../run/held-plan.ts';
import type { PlanDocument } from '../plans/plan-document.ts';
import { amountAndWas, count, counted } from './figures.ts';
import { renderPlan } from './plan.ts';
import { indent, table } from './table.ts';

/** A stored plan for the person who decides: all but its changes. */
export function renderPlanDocument(plan: PlanDocument, tiers: readonly string[]): string {
  const parts = [
    renderPlan({ ...plan, tiers }),
    section('Changes by field', fieldRows(plan)),
    section('The largest moves', moveRows(plan)),
    section('Held by', plan.holds.map(({ by, because }) => `${by}: ${because}`).join('\n')),
    standing(plan),
  ];
  return parts.filter((text) => text !== '').join('\n\n');
}

function section(title: string, body: string): string {
  return body === '' ? '' : `${title}\n${indent(body)}`;
}

function fieldRows({ summary: { changesByField } }: PlanDocument): string {
  const rows = Object.entries(changesByField)
    .toSorted(([, left], [, right]) => right - left)
    .map(([key, customers]) => [key, count(customers)]);
  return table(rows, ['left', 'right']);
}

function moveRows({ moves, currency }: PlanDocument): string {
  return moves
    .map(
      ({ customerId, from, to, reason, ...amounts }) =>
        `${customerId}  ${from ?? 'none'} → ${to ?? 'none'}  ${amountAndWas(amounts, currency)}\n  ${reason}`,
    )
    .join('\n');
}

/** How it stands, who said what of it, and what to do. */
function standing(plan: PlanDocument): string {
  const { status, kind, policyVersion, createdAt, receipts } = plan;
  const made = `${kind} plan, ${status}; made ${createdAt} by policy ${policyVersion || 'unknown'}`;
  const done = receipts.applied + receipts.unchanged + receipts.rejected;
  const written =
    done === 0
      ? ''
      : `${counted(receipts.applied, 'change')} applied, ${count(receipts.unchanged)} unchanged, ${count(receipts.rejected)} rejected, ${count(receipts.open)} open`;
  return [made, written, said(plan), whatNow(plan)].filter((text) => text !== '').join('\n');
}

function said({ decision }: PlanDocument): string {
  if (decision === null) return '';
  const { decided, by, at, why, allowed, sameAs } = decision;
  const guards = allowed.length === 0 ? '' : `, letting ${allowed.join(', ')} pass`;
  if (sameAs === null) return `${decided} by ${by}, ${at}${guards}: ${why}`;
  return `${decided}, for it would only repeat plan ${sameAs}, which ${by} rejected ${at}: ${why}. Its changes are that plan’s.`;
}

function whatNow(plan: PlanDocument): string {
  if (plan.status !== 'held' || openHolds(plan).length === 0) return '';
  if (isPreview(plan))
    return '→ It is only to be looked at: `writes.mode` of the connection is `preview`.';
  return `→ ${approveLine(plan)}\n→ assay reject ${plan.id} --why "…"`;
}
