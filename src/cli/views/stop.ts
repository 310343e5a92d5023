import type { ConnectionStop } from '../../domain/connection-stop.ts';
import type { Resumed } from '../../run/resume.ts';

/** What `assay pause` did. */
export function renderPaused({
  connection,
  by,
  why,
}: Pick<ConnectionStop, 'connection' | 'by' | 'why'>): string {
  return `${connection} is stopped (${by}: ${why}).
Nothing more is read or written, once a batch that is on its way has its receipts.
\`assay resume ${connection}\` lets it go on; \`assay rollback <run>\` takes back what was written.`;
}

/** What `assay resume` did. */
export function renderResumed({
  connection,
  stop,
  plan,
  asked,
}: Resumed & { readonly connection: string; readonly asked: boolean }): string {
  if (stop === null) return `${connection} was not stopped; nothing was changed.`;
  const next = asked
    ? 'The workers are told.'
    : 'The next run goes on, or `assay serve` as soon as it looks.';
  const lines = [
    `${connection} goes on (it was stopped since ${stop.at} by ${stop.by}: ${stop.why}).`,
  ];
  if (plan !== null)
    lines.push(
      `Not all of rollback ${plan.id} is written (${plan.status}): a half-written one is finished by the next run, one that was never begun gives way to its plan.`,
    );
  return [...lines, next].join('\n');
}
