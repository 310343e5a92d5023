import type { Standards } from '../domain/result.ts';
import type { ReasonTexts } from './texts/shape.ts';

/** The five standards of a good customer, in the order in which they are told. */
const standardKeys = ['steadySpend', 'credit', 'loyalty', 'feedback', 'referral'] as const;

/** Names of the standards that are met, not met or unknown. */
export function standardNames(
  standards: Standards,
  state: boolean | null,
  texts: ReasonTexts,
): string {
  return standardKeys
    .filter((key) => standards[key] === state)
    .map((key) => texts.standards[key])
    .join(texts.marks.list);
}
