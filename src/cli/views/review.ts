import type { ReviewReport } from '../../run/review-report.ts';
import { counted } from './figures.ts';
import { renderSection } from './policy-simulation.ts';
import { reportPage } from './report-page.ts';
import { reviewSections } from './review-sections.ts';

/** What a review is done with: the report, and when the next is due once it is done. */
export type ReviewDocument = {
  readonly review: ReviewReport | null;
  readonly done: { readonly next: string | null } | null;
};

/** A review for a person. */
export function renderReview({ review, done }: ReviewDocument): string {
  if (review === null) return 'Nobody is scored yet: run "assay run" or "assay score" first.';
  const sections = reviewSections(review).map(renderSection);
  return [reviewTitle(review), reviewLead(review), ...sections, endLine(done)].join('\n\n');
}

/** The same as a page. */
export function reviewPage(review: ReviewReport): string {
  return reportPage(reviewTitle(review), reviewLead(review), reviewSections(review));
}

function reviewTitle({ connection, asOf }: ReviewReport): string {
  return `Review of the standard: ${connection}, as of ${asOf}`;
}

function reviewLead({ customers, policy, last, due }: ReviewReport): string {
  const by = policy.release === null ? 'from the file' : `release ${policy.release}`;
  const scored = `${counted(customers, 'customer')} scored by policy ${policy.version}, ${by}.`;
  const before =
    last === null
      ? 'This is the first review: there is nothing to compare with yet.'
      : `Compared with the review of ${last.at.slice(0, 10)} by ${last.by}: ${counted(last.customers, 'customer')} as of ${last.asOf}, policy ${last.policyVersion}.`;
  return `${scored}\n${before}\n${dueLine(due)} Nothing changes by itself.`;
}

function dueLine({ every, on, isDue, countedFrom }: ReviewReport['due']): string {
  if (every === null) return 'The config asks for no review (`review:`).';
  if (on === null) return `Reviews are ${every}; nothing is published to count from yet.`;
  const counting = `${every}, counted from ${countedFrom ?? ''}`;
  return isDue ? `Due since ${on} (${counting}).` : `Due on ${on} (${counting}).`;
}

function endLine(done: ReviewDocument['done']): string {
  if (done === null)
    return 'Nothing was kept. "assay review --done --why <text>" makes this the review that the next compares with.';
  const next = done.next === null ? '' : ` The next is due on ${done.next}.`;
  return `The review is done: the next compares with this one.${next}`;
}
