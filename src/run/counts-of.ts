import type { RunReport } from './report.ts';

/** What the log says that a run did; the stages that were not reached are left out. */
export function countsOf({
  pull,
  score,
  plan,
  apply,
  leftover,
}: RunReport): Readonly<Record<string, number>> {
  return {
    ...(pull !== null && { customersRead: pull.customersChanged, dealsRead: pull.dealsChanged }),
    ...(score !== null && { scored: score.scored }),
    ...(plan !== null && { planned: plan.summary.changes }),
    ...(leftover !== null && { finished: leftover.receipts.applied }),
    ...(apply !== null && {
      applied: apply.receipts.applied,
      rejected: apply.receipts.rejected + apply.receipts.memberships.rejected,
    }),
  };
}
