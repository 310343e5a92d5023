import type { Plan } from '../../domain/plan.ts';
import { counted } from './figures.ts';

/** What happens next, once a plan may be written. */
export function renderApproved({ id, connection, summary, decision }: Plan, told: boolean): string {
  const allowed = decision?.allowed ?? [];
  const guards = allowed.length === 0 ? '' : `, letting ${allowed.join(', ')} pass`;
  const next = told
    ? 'The running service was asked to write it now; if none runs, the next run does.'
    : 'The next run writes it before anything else, and so does the service when it runs next.';
  return `Plan ${id} of ${connection} is approved by ${decision?.by ?? ''}${guards}: ${counted(summary.changes, 'customer')}
→ \`assay apply ${id}\` writes it now. ${next}`;
}

export function renderRejected({ id, connection, decision }: Plan): string {
  return `Plan ${id} of ${connection} is rejected by ${decision?.by ?? ''}; nothing of it will be written.
→ The next run plans again. A plan that would change the very same is rejected by itself.`;
}
